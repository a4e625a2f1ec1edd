//! The dialog by role and label.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::*;
use crate::domain::book::Book;
use crate::ui::testing::with_cx;
use crate::ui::theme::{self, ThemeChoice};
use crate::ui::view::month::tests::{a_month, november};
use egui::{Key, Role};

struct Scene {
    dialog: ProofDialog,
    book: Book,
    asked: Vec<Action>,
}

fn window() -> Harness<'static, Scene> {
    let scene = Scene {
        dialog: ProofDialog::new(november(), "/docs/income-2026-11.html".to_owned()),
        book: a_month().book,
        asked: Vec::new(),
    };
    Harness::builder()
        .with_size([900.0, 600.0])
        .with_context_setup(|ctx| theme::install(ctx, ThemeChoice::Dark))
        .build_ui_state(
            |ui, scene: &mut Scene| {
                let Scene { dialog, book, asked } = scene;
                with_cx(book, "2026-12-05T12:00:00Z", None, |cx| dialog.ui(ui.ctx(), cx, asked));
            },
            scene,
        )
}

fn fill(harness: &mut Harness<'static, Scene>, field: &str, text: &str) {
    let role = if field == "Address" { Role::MultilineTextInput } else { Role::TextInput };
    harness.get_by_role_and_label(role, field).focus();
    harness.run();
    harness.get_by_role_and_label(role, field).type_text(text);
    harness.run();
}

#[test]
fn it_writes_the_page_with_what_was_typed_and_opens_it() {
    let mut harness = window();
    harness.run();
    fill(&mut harness, "Name", "Amina Otieno");
    fill(&mut harness, "Address", "12 Moi Avenue");
    harness.get_by_role_and_label(Role::Button, "Save and open").click();
    harness.run();
    match harness.state().asked.as_slice() {
        [Action::WritePage(path, page)] => {
            assert_eq!(path.to_string_lossy(), "/docs/income-2026-11.html");
            assert!(page.contains("Amina Otieno\n12 Moi Avenue") && page.contains("$90.00"), "{page}");
        }
        other => panic!("{other:?}"),
    }
    harness.get_by_label("Writing …");
    harness.state_mut().dialog.failed("There is no such folder".to_owned());
    harness.run();
    harness.get_by_label("There is no such folder");
}

#[test]
fn only_a_whole_path_of_a_page_is_written_to_and_escape_closes_it() {
    let mut harness = window();
    for path in ["  ", "income.html", "/docs/taxes.pdf", "/docs/"] {
        harness.state_mut().dialog.path = path.to_owned();
        harness.run();
        harness.get_by_role_and_label(Role::Button, "Save and open").click();
        harness.run();
        assert!(harness.state().asked.is_empty(), "{path}: {:?}", harness.state().asked);
    }
    harness.key_press(Key::Escape);
    harness.run();
    assert!(matches!(harness.state().asked.as_slice(), [Action::CloseDialog]), "{:?}", harness.state().asked);
}
