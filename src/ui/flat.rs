//! The same picture from fewer fragments: large opaque rectangles and straight lines as plain pairs of triangles.
//!
//! The toolkit softens every edge with a rim of thin triangles, and fans a rounded rectangle out of one corner. A
//! graphics card does not care; software OpenGL pays for every block of pixels that a thin triangle touches, and that
//! was half the cost of a repaint. Edges that lie on whole pixels need no rim, so they get none: a rounded rectangle
//! becomes three plain bands and four small corners.

use egui::emath::{GuiRounding as _, TSTransform};
use egui::epaint::{ClippedShape, CornerRadius, Mesh, RectShape};
use egui::{Color32, Context, FullOutput, Plugin, Rect, Shape, Stroke, pos2, vec2};

/// From this many points on, in both directions, a rounded rectangle is worth taking apart.
const LARGE: f32 = 64.0;

/// Draws the shapes of a context the cheaper way from now on.
pub fn install(ctx: &Context) {
    ctx.add_plugin(Flat);
}

struct Flat;

impl Plugin for Flat {
    fn debug_name(&self) -> &'static str {
        "flat"
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        let pixels = output.pixels_per_point;
        // What is moved or scaled afterwards does not lie on whole pixels.
        let still = |clipped: &&mut ClippedShape| clipped.transform_after_tessellation == TSTransform::IDENTITY;
        for clipped in output.shapes.iter_mut().filter(still) {
            if let Some(flat) = flat(&clipped.shape, pixels) {
                clipped.shape = flat;
            }
        }
    }
}

/// The same as plain triangles; `None` where its edges need softening, or nothing would be won.
fn flat(shape: &Shape, pixels: f32) -> Option<Shape> {
    if let Shape::Rect(rect) = shape {
        flat_rect(rect, pixels)
    } else if let Shape::LineSegment { points: [a, b], stroke } = shape {
        flat_line(*a, *b, *stroke, pixels)
    } else {
        None
    }
}

fn flat_rect(shape: &RectShape, pixels: f32) -> Option<Shape> {
    let plain =
        shape.stroke.is_empty() && shape.blur_width <= 0.0 && shape.brush.is_none() && shape.angle.abs() < f32::EPSILON;
    let opaque = shape.fill.a() == u8::MAX;
    let softened = 2.0 / pixels;
    if !plain || shape.fill == Color32::TRANSPARENT || shape.rect.size().min_elem() <= softened {
        return None;
    }
    let rect = shape.rect.round_to_pixels(pixels);
    let mut bands = Mesh::default();
    if shape.corner_radius == CornerRadius::ZERO {
        bands.add_colored_rect(rect, shape.fill);
        return Some(bands.into());
    }
    // Bands and corners overlap, which would show through.
    if !opaque || !shape.corner_radius.is_same() || rect.size().min_elem() < LARGE {
        return None;
    }
    let radius = shape.corner_radius.average().ceil().round_to_pixels(pixels);
    bands.add_colored_rect(rect.shrink2(vec2(0.0, radius)), shape.fill);
    let inner = rect.x_range().shrink(radius);
    bands.add_colored_rect(Rect::from_x_y_ranges(inner, rect.top()..=rect.top() + radius), shape.fill);
    bands.add_colored_rect(Rect::from_x_y_ranges(inner, rect.bottom() - radius..=rect.bottom()), shape.fill);
    // A corner stands in a square twice its radius: the toolkit rounds no more than half of a side.
    let corner = |min: egui::Pos2, rounded: CornerRadius| {
        Shape::from(RectShape::filled(Rect::from_min_size(min, egui::Vec2::splat(2.0 * radius)), rounded, shape.fill))
    };
    let (far, CornerRadius { nw, ne, sw, se }) = (2.0 * radius, shape.corner_radius);
    let none = CornerRadius::ZERO;
    Some(Shape::Vec(vec![
        bands.into(),
        corner(rect.left_top(), CornerRadius { nw, ..none }),
        corner(pos2(rect.right() - far, rect.top()), CornerRadius { ne, ..none }),
        corner(pos2(rect.left(), rect.bottom() - far), CornerRadius { sw, ..none }),
        corner(rect.right_bottom() - egui::Vec2::splat(far), CornerRadius { se, ..none }),
    ]))
}

/// A line along an axis, as the toolkit would round it to pixels.
fn flat_line(a: egui::Pos2, b: egui::Pos2, stroke: Stroke, pixels: f32) -> Option<Shape> {
    let wide = (stroke.width * pixels).round();
    let whole = wide >= 1.0 && (stroke.width * pixels - wide).abs() < 0.01;
    if !whole || stroke.color == Color32::TRANSPARENT {
        return None;
    }
    let (half, quarter) = (0.5 / pixels, 0.25 / pixels);
    let along = |from: f32, to: f32| {
        let (from, to) = (from.min(to), from.max(to));
        let ends = [(from + quarter).round_to_pixel_center(pixels), (to - quarter).round_to_pixel_center(pixels)];
        (ends[0] - half)..=(ends[1] + half)
    };
    let across = |at: f32| {
        let mut at = at;
        stroke.round_center_to_pixel(pixels, &mut at);
        (at - stroke.width / 2.0)..=(at + stroke.width / 2.0)
    };
    let same = |one: f32, other: f32| (one - other).abs() < f32::EPSILON;
    let rect = if same(a.y, b.y) {
        Rect::from_x_y_ranges(along(a.x, b.x), across(a.y))
    } else if same(a.x, b.x) {
        Rect::from_x_y_ranges(across(a.x), along(a.y, b.y))
    } else {
        return None;
    };
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(rect, stroke.color);
    Some(mesh.into())
}

#[cfg(test)]
mod tests {
    use egui::{RawInput, StrokeKind};

    use super::*;

    /// Triangles of a shape, as the toolkit makes them.
    fn triangles(shape: &Shape) -> usize {
        let clip = Rect::from_min_size(pos2(0.0, 0.0), vec2(1000.0, 1000.0));
        let ctx = Context::default();
        ctx.run_ui(RawInput::default(), |_| {}).drop_without_applying_deltas();
        let clipped =
            ClippedShape { clip_rect: clip, shape: shape.clone(), transform_after_tessellation: TSTransform::IDENTITY };
        let triangles = |one: egui::ClippedPrimitive| match one.primitive {
            egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
            egui::epaint::Primitive::Callback(_) => 0,
        };
        ctx.tessellate(vec![clipped], 1.0).into_iter().map(triangles).sum()
    }

    fn card(radius: u8) -> Shape {
        let rect = Rect::from_min_size(pos2(16.0, 132.0), vec2(912.0, 652.0));
        Shape::rect_filled(rect, radius, Color32::GRAY)
    }

    #[test]
    fn a_card_covers_the_same_ground_and_its_long_edges_have_no_rim() {
        let Some(Shape::Vec(parts)) = flat(&card(8), 1.0) else { panic!("a card is taken apart") };
        let all = parts.iter().map(Shape::visual_bounding_rect).reduce(Rect::union);
        assert_eq!(all, Some(card(8).visual_bounding_rect()));
        let Some(Shape::Mesh(bands)) = parts.first() else { panic!("bands first") };
        assert_eq!(bands.indices.len() / 3, 6);
        assert_eq!(flat(&card(0), 1.0).map(|flat| triangles(&flat)), Some(2));
        assert!(triangles(&card(0)) > 2);
    }

    #[test]
    fn what_would_look_different_is_left_alone() {
        let small = Rect::from_min_size(pos2(0.0, 0.0), vec2(60.0, 28.0));
        let large = Rect::from_min_size(pos2(0.0, 0.0), vec2(100.0, 100.0));
        let veil = Color32::GRAY.gamma_multiply(0.4);
        let stroke = Stroke::new(1.0, Color32::WHITE);
        for shape in [
            Shape::rect_filled(small, 8, Color32::WHITE),
            Shape::rect_filled(large, 8, veil),
            Shape::rect_stroke(large, 0, stroke, StrokeKind::Inside),
            Shape::line_segment([pos2(0.0, 0.0), pos2(9.0, 5.0)], stroke),
            Shape::line_segment([pos2(0.0, 0.0), pos2(9.0, 0.0)], Stroke::new(1.5, Color32::WHITE)),
        ] {
            assert!(flat(&shape, 1.0).is_none(), "{shape:?}");
        }
    }

    #[test]
    fn a_hairline_is_one_row_of_whole_pixels() {
        let line = Shape::line_segment([pos2(32.0, 248.3), pos2(912.0, 248.3)], Stroke::new(1.0, Color32::WHITE));
        let Some(Shape::Mesh(mesh)) = flat(&line, 1.0) else { panic!("a line is flat") };
        assert_eq!(mesh.calc_bounds(), Rect::from_min_max(pos2(32.0, 248.0), pos2(912.0, 249.0)));
    }
}
