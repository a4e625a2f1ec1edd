//! The few signs that the shipped face lacks, drawn with lines in the colour of their text.
//!
//! They stand beside words and have no accessible name of their own; `button::icon` asks for one.

use egui::{Color32, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, pos2, vec2};

/// A drawn sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A filled triangle: opens a list or a menu.
    Down,
    /// One step back in time.
    Left,
    /// One step forward in time; also "opens to more".
    Right,
    /// Done, chosen.
    Check,
    /// Needs a look.
    Warn,
    /// A cross.
    Close,
    /// A filled dot: a clock is running.
    Dot,
    /// A plus.
    Plus,
}

impl Icon {
    /// Side of the square that it is drawn in beside body text, in points.
    pub const SIDE: f32 = 12.0;

    /// Draws the sign in the middle of `rect`, as large as fits.
    pub fn paint(self, painter: &Painter, rect: Rect, color: Color32) {
        let side = rect.width().min(rect.height());
        let center = rect.center();
        // Points are given in a square from -1 to 1.
        let at = |x: f32, y: f32| -> Pos2 { center + vec2(x, y) * side * 0.5 };
        let stroke = Stroke::new((side * 0.13).max(1.25), color);
        let path = |points: Vec<Pos2>| {
            painter.add(Shape::line(points, stroke));
        };
        match self {
            Self::Down => {
                painter.add(Shape::convex_polygon(
                    vec![at(-0.62, -0.34), at(0.62, -0.34), at(0.0, 0.5)],
                    color,
                    Stroke::NONE,
                ));
            }
            Self::Left => path(vec![at(0.25, -0.6), at(-0.3, 0.0), at(0.25, 0.6)]),
            Self::Right => path(vec![at(-0.25, -0.6), at(0.3, 0.0), at(-0.25, 0.6)]),
            Self::Check => path(vec![at(-0.7, 0.05), at(-0.2, 0.55), at(0.7, -0.5)]),
            Self::Close => {
                path(vec![at(-0.55, -0.55), at(0.55, 0.55)]);
                path(vec![at(-0.55, 0.55), at(0.55, -0.55)]);
            }
            Self::Plus => {
                path(vec![at(-0.65, 0.0), at(0.65, 0.0)]);
                path(vec![at(0.0, -0.65), at(0.0, 0.65)]);
            }
            Self::Dot => {
                painter.circle_filled(center, side * 0.5, color);
            }
            Self::Warn => {
                let (top, left, right) = (at(0.0, -0.8), at(-0.9, 0.75), at(0.9, 0.75));
                path(vec![top, right, left, top]);
                painter.line_segment([at(0.0, -0.25), at(0.0, 0.2)], stroke);
                painter.circle_filled(pos2(center.x, center.y + side * 0.24), stroke.width * 0.6, color);
            }
        }
    }

    /// Draws the sign as a thing of its own in the flow, without an interaction.
    pub fn show(self, ui: &mut Ui, side: f32, color: Color32) -> Response {
        let (rect, response) = ui.allocate_exact_size(egui::Vec2::splat(side), Sense::hover());
        self.paint(ui.painter(), rect, color);
        response
    }
}
