//! How facts and estimates are told apart, the same in chips, bars and the calendar: facts are solid,
//! estimates hatched and dashed, late ones outlined.
//!
//! Painter helpers only; names for screen readers belong to the widget that uses them.

use std::f32::consts::{FRAC_PI_2, PI};

use egui::{Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::ui::theme::Tokens;

/// Whether a block shows what happened, what is expected, or what should have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Solid, with a 4 px edge at the left.
    Fact,
    /// Hatched with a dashed outline.
    Estimate,
    /// Outlined in *bad*; write its text in *bad* too.
    Late,
    /// Outlined in *warn*, its text too: the day that has passed was only reported.
    LaterThanExpected,
}

/// Fills `rect` with diagonal lines, `step` points apart, falling to the right and cut at its edges.
pub fn fill(painter: &Painter, rect: Rect, color: Color32, step: f32) {
    let painter = painter.with_clip_rect(painter.clip_rect().intersect(rect));
    let stroke = Stroke::new((step * 0.35).clamp(1.0, 3.0), color);
    let height = rect.height();
    let mut x = rect.left() - height;
    // A step of nothing would never arrive.
    while x < rect.right() && step > 0.5 {
        painter.line_segment([pos2(x - 1.0, rect.top() - 1.0), pos2(x + height + 1.0, rect.bottom() + 1.0)], stroke);
        x += step;
    }
}

/// A dashed outline with rounded corners.
pub fn dashed_outline(painter: &Painter, rect: Rect, radius: f32, color: Color32) {
    let path = rounded(rect.shrink(0.5), radius);
    painter.extend(Shape::dashed_line(&path, Stroke::new(1.0, color), 3.0, 2.0));
}

/// A dashed line, as the floor of the Rates tab.
pub fn dashed_line(painter: &Painter, from: Pos2, to: Pos2, color: Color32) {
    painter.extend(Shape::dashed_line(&[from, to], Stroke::new(1.0, color), 4.0, 3.0));
}

/// A block of the calendar or of the day, in the platform's hue.
pub fn block(painter: &Painter, tokens: &Tokens, rect: Rect, hue: Color32, standing: Standing) {
    let radius = tokens.radius_small();
    match standing {
        Standing::Fact => {
            painter.rect_filled(rect, radius, tokens.tint(hue));
            let edge = rect.with_max_x((rect.left() + 4.0).min(rect.right()));
            let corner = CornerRadius { ne: 0, se: 0, ..radius };
            painter.rect_filled(edge, corner, hue);
        }
        Standing::Estimate => {
            let ground = tokens.surface.lerp_to_gamma(hue, 0.10);
            painter.rect_filled(rect, radius, ground);
            fill(painter, rect.shrink(1.0), tokens.tint(hue), 8.0);
            dashed_outline(painter, rect, tokens.sizes.radius_small, hue);
        }
        Standing::Late | Standing::LaterThanExpected => {
            let ink = if standing == Standing::Late { tokens.bad } else { tokens.warn };
            let stroke = Stroke::new(1.0, ink);
            painter.rect_filled(rect, radius, tokens.surface);
            painter.rect_stroke(rect, radius, stroke, StrokeKind::Inside);
        }
    }
}

/// A closed path around `rect`, corners as arcs of five points.
fn rounded(rect: Rect, radius: f32) -> Vec<Pos2> {
    const STEPS: u8 = 4;
    let r = radius.min(rect.width() / 2.0).min(rect.height() / 2.0).max(0.0);
    let corners = [
        (rect.right_top() + vec2(-r, r), -FRAC_PI_2),
        (rect.right_bottom() + vec2(-r, -r), 0.0),
        (rect.left_bottom() + vec2(r, -r), FRAC_PI_2),
        (rect.left_top() + vec2(r, r), PI),
    ];
    let mut path: Vec<Pos2> = corners
        .into_iter()
        .flat_map(|(center, from)| {
            (0..=STEPS).map(move |step| {
                let angle = from + FRAC_PI_2 * f32::from(step) / f32::from(STEPS);
                center + r * vec2(angle.cos(), angle.sin())
            })
        })
        .collect();
    path.extend(path.first().copied());
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::window;

    #[test]
    fn the_outline_is_closed_and_stays_inside() {
        let rect = Rect::from_min_size(pos2(10.0, 10.0), vec2(80.0, 20.0));
        let path = rounded(rect, 4.0);
        assert_eq!(path.first(), path.last());
        assert!(path.iter().all(|point| rect.expand(0.01).contains(*point)));
        // A radius larger than the block gives a pill, not a knot.
        assert!(rounded(rect, 400.0).iter().all(|point| rect.expand(0.01).contains(*point)));
    }

    #[test]
    fn blocks_of_no_size_are_drawn_without_a_fuss() {
        let mut harness = window((), |ui, ()| {
            let tokens = crate::ui::theme::tokens(ui);
            for standing in [Standing::Fact, Standing::Estimate, Standing::Late, Standing::LaterThanExpected] {
                for size in [vec2(0.0, 0.0), vec2(1.0, 20.0), vec2(120.0, 20.0)] {
                    let rect = Rect::from_min_size(pos2(10.0, 10.0), size);
                    block(ui.painter(), tokens, rect, tokens.hue(0), standing);
                }
            }
            fill(ui.painter(), Rect::EVERYTHING.intersect(ui.max_rect()), tokens.bad, 0.0);
        });
        harness.run();
    }
}
