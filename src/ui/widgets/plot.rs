//! Plots that stand still: the toolkit's lines and fills, without its axes, grid, dragging and zooming. What is around
//! them (labels, ticks, focus) is drawn by the screen, in the sizes and colours of the theme.

use egui::{Rect, Sense, Vec2, Vec2b};
use egui_plot::Plot;

/// A plot that fills a rectangle and answers to nothing; its bounds are set by who shows it.
pub fn still(name: &'static str, rect: Rect) -> Plot<'static> {
    Plot::new(name)
        .width(rect.width())
        .height(rect.height())
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .allow_axis_zoom_drag(false)
        .auto_bounds(Vec2b::FALSE)
        .set_margin_fraction(Vec2::ZERO)
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .sense(Sense::empty())
}
