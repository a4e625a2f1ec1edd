//! Drawing beside the window: a layout of its own becomes an image, without a frame of it ever being seen.
//!
//! It depends on no window, driver or screen: shapes become triangles as they do for the window, and these are filled
//! here. So an image never holds more than what its layout draws, and has the same pixels everywhere.

mod fill;

use egui::epaint::{ClippedPrimitive, ImageData, Primitive};
use egui::{
    Color32, ColorImage, Context, Pos2, RawInput, Rect, TextureId, TexturesDelta, Ui, ViewportId, ViewportInfo, vec2,
};

use super::theme::{self, ThemeChoice, Themed as _};
use fill::{Canvas, Texture};

/// The most that an image can be high, in points.
const MOST_HEIGHT: f32 = 2_000.0;
/// Fonts and theme take hold in the second pass, the places of things in the third.
const PASSES: usize = 3;

/// Draws `content`, `width` points wide and as high as it gets, with `scale` pixels a point, in the theme and with
/// the fonts of a window's context. `None` where nothing could be drawn.
pub fn draw(
    like: &Context,
    width: f32,
    scale: f32,
    ground: Color32,
    mut content: impl FnMut(&mut Ui),
) -> Option<ColorImage> {
    let ctx = Context::default();
    let dark = like.theme_now() == egui::Theme::Dark;
    theme::install(&ctx, if dark { ThemeChoice::Dark } else { ThemeChoice::Light });
    // Scripts that the shipped face lacks: the window has looked for them already.
    for font in like.fonts(|fonts| fonts.discovered_fonts().to_vec()) {
        ctx.add_font(font);
    }
    let screen = Rect::from_min_size(Pos2::ZERO, vec2(width, MOST_HEIGHT));
    let mut atlas = Texture::default();
    let mut last = None;
    for _ in 0..PASSES {
        let mut reached: f32 = 0.0;
        let info = ViewportInfo { native_pixels_per_point: Some(scale), ..ViewportInfo::default() };
        let input = RawInput {
            screen_rect: Some(screen),
            viewports: std::iter::once((ViewportId::ROOT, info)).collect(),
            ..RawInput::default()
        };
        let output = ctx.run_ui(input, |ui| {
            content(ui);
            reached = reached.max(ui.min_rect().bottom().min(MOST_HEIGHT));
        });
        let mut textures = output.textures_delta;
        let updated = update(&mut atlas, &textures);
        textures.clear();
        updated?;
        last = Some((output.shapes, reached));
    }
    let (shapes, reached) = last?;
    let mut canvas = Canvas::new(pixels(width * scale), pixels(reached * scale), ground)?;
    for ClippedPrimitive { clip_rect, primitive } in ctx.tessellate(shapes, scale) {
        if let Primitive::Mesh(mesh) = primitive {
            canvas.fill(&mesh, clip_rect, scale, &atlas);
        }
    }
    Some(canvas.into_image())
}

/// Takes over what is new in the font atlas, the only texture that there is.
fn update(atlas: &mut Texture, delta: &TexturesDelta) -> Option<()> {
    for change in delta.set.get(&TextureId::default()).into_iter().flatten() {
        let ImageData::Color(image) = &change.image;
        match change.pos {
            None => *atlas = Texture::of(image),
            Some(at) => atlas.put(at, image)?,
        }
    }
    Some(())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a small range before")]
fn pixels(points: f32) -> usize {
    points.ceil().clamp(0.0, 16_384.0) as usize
}
