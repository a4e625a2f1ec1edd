//! Verbs that are asked for by the palette: they wait until who carries them out is drawn, and are given back where
//! nobody does.

use egui::Id;

use super::Verb;

/// A verb that was asked for and is not carried out yet.
#[derive(Debug, Clone, Copy)]
struct Asked {
    verb: Verb,
    /// The pass in which it was asked for.
    since: u64,
}

/// For how many passes a verb waits for its tab: one until the tab is drawn, one until what stood over it is gone.
const PATIENCE: u64 = 3;

fn asked_id() -> Id {
    Id::unique("asked verb")
}

/// Asks for a verb, as if its key were pressed in the next frame.
pub fn ask(ctx: &egui::Context, verb: Verb) {
    let since = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(asked_id(), Asked { verb, since }));
    ctx.request_repaint();
}

pub(super) fn was_asked(ctx: &egui::Context, verb: Verb) -> bool {
    ctx.data_mut(|data| {
        let asked: Option<Asked> = data.get_temp(asked_id());
        let is_it = asked.is_some_and(|asked| asked.verb == verb);
        if is_it {
            data.remove::<Asked>(asked_id());
        }
        is_it
    })
}

/// The verb that was asked for and that nobody has carried out; asked once a frame, after drawing.
#[must_use]
pub fn unanswered(ctx: &egui::Context) -> Option<Verb> {
    let asked: Asked = ctx.data(|data| data.get_temp(asked_id()))?;
    if ctx.cumulative_pass_nr() < asked.since + PATIENCE {
        ctx.request_repaint();
        return None;
    }
    ctx.data_mut(|data| data.remove::<Asked>(asked_id()));
    Some(asked.verb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_that_is_asked_for_is_pressed_once_or_given_back() {
        let ctx = egui::Context::default();
        ask(&ctx, Verb::Pause);
        assert!(!Verb::Stop.pressed(&ctx));
        assert!(Verb::Pause.pressed(&ctx));
        assert!(!Verb::Pause.pressed(&ctx));
        ask(&ctx, Verb::Landed);
        let mut given_back = None;
        for _pass in 0..PATIENCE {
            assert_eq!(given_back, None);
            ctx.run_ui(egui::RawInput::default(), |_| {}).textures_delta.clear();
            given_back = unanswered(&ctx);
        }
        assert_eq!(given_back, Some(Verb::Landed));
        assert!(!Verb::Landed.pressed(&ctx));
    }
}
