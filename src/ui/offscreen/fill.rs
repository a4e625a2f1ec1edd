//! Fills triangles, as egui wants it: colours with premultiplied alpha, blended as they are, a texture between its
//! pixels. Two triangles that share an edge never fill a pixel of it twice.

use egui::{Color32, ColorImage, Mesh, Pos2, Rect};

/// Parts of a pixel to which corners are rounded: exact whole numbers decide on which side of an edge a pixel lies.
const PARTS: f32 = 256.0;
const PART: i64 = 256;

/// An image that is sampled.
#[derive(Debug, Default)]
pub(super) struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<[f32; 4]>,
}

impl Texture {
    pub(super) fn of(image: &ColorImage) -> Self {
        Self {
            width: image.width(),
            height: image.height(),
            pixels: image.pixels.iter().copied().map(channels).collect(),
        }
    }

    /// Puts an image into a part of this one; `None` where it does not fit.
    pub(super) fn put(&mut self, [x, y]: [usize; 2], image: &ColorImage) -> Option<()> {
        for (row, line) in image.pixels.chunks(image.width().max(1)).enumerate() {
            let from = (y + row).checked_mul(self.width)?.checked_add(x)?;
            let place = self.pixels.get_mut(from..from.checked_add(line.len())?)?;
            for (pixel, color) in place.iter_mut().zip(line) {
                *pixel = channels(*color);
            }
        }
        Some(())
    }

    /// The colour at a place, 0 to 1 in both directions, from the four pixels around it.
    fn at(&self, u: f32, v: f32) -> [f32; 4] {
        let (x, y) = (u * self.width as f32 - 0.5, v * self.height as f32 - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right_share, bottom_share) = (x - left, y - top);
        let mut mixed = [0.0; 4];
        for (dx, dy, share) in [
            (0.0, 0.0, (1.0 - right_share) * (1.0 - bottom_share)),
            (1.0, 0.0, right_share * (1.0 - bottom_share)),
            (0.0, 1.0, (1.0 - right_share) * bottom_share),
            (1.0, 1.0, right_share * bottom_share),
        ] {
            let pixel = self.pixel(left + dx, top + dy);
            for (sum, channel) in mixed.iter_mut().zip(pixel) {
                *sum += channel * share;
            }
        }
        mixed
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the texture before")]
    fn pixel(&self, x: f32, y: f32) -> [f32; 4] {
        let clamp = |at: f32, length: usize| at.clamp(0.0, length.saturating_sub(1) as f32) as usize;
        let at = clamp(y, self.height) * self.width + clamp(x, self.width);
        self.pixels.get(at).copied().unwrap_or([1.0; 4])
    }
}

/// A colour as four parts of one.
fn channels(color: Color32) -> [f32; 4] {
    color.to_array().map(|byte| f32::from(byte) / 255.0)
}

/// An image being drawn; never transparent.
pub(super) struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<[f32; 4]>,
}

/// A corner of a triangle, in parts of a pixel.
#[derive(Clone, Copy)]
struct Corner {
    x: i64,
    y: i64,
    uv: Pos2,
    color: Color32,
}

impl Canvas {
    /// `None` where it would have no pixels.
    pub(super) fn new(width: usize, height: usize, ground: Color32) -> Option<Self> {
        let count = width.checked_mul(height).filter(|count| *count > 0)?;
        Some(Self { width, height, pixels: vec![channels(ground); count] })
    }

    /// Fills all triangles of a mesh whose places are in points, inside `clip`.
    pub(super) fn fill(&mut self, mesh: &Mesh, clip: Rect, scale: f32, texture: &Texture) {
        let corner = |at: u32| {
            let vertex = mesh.vertices.get(usize::try_from(at).ok()?)?;
            Some(Corner {
                x: part(vertex.pos.x * scale),
                y: part(vertex.pos.y * scale),
                uv: vertex.uv,
                color: vertex.color,
            })
        };
        let clip = [clip.left(), clip.top(), clip.right(), clip.bottom()].map(|side| (side * scale).round());
        for [a, b, c] in mesh.triangles() {
            if let (Some(a), Some(b), Some(c)) = (corner(a), corner(b), corner(c)) {
                self.triangle([a, b, c], clip, texture);
            }
        }
    }

    fn triangle(&mut self, corners: [Corner; 3], clip: [f32; 4], texture: &Texture) {
        let [a, mut b, mut c] = corners;
        let mut area = side_of(a, b, (c.x, c.y));
        if area == 0 {
            return;
        }
        if area < 0 {
            std::mem::swap(&mut b, &mut c);
            area = -area;
        }
        let corners = [a, b, c];
        let (left, right) = range(corners.map(|corner| corner.x), clip[0], clip[2], self.width);
        let (top, bottom) = range(corners.map(|corner| corner.y), clip[1], clip[3], self.height);
        // One colour from one place of the texture: nothing has to be mixed.
        let plain = (a.uv == b.uv && b.uv == c.uv && a.color == b.color && b.color == c.color)
            .then(|| times(texture.at(a.uv.x, a.uv.y), channels(a.color)));
        let whole = area as f32;
        let edges = [(b, c), (c, a), (a, b)];
        // From one pixel to the next an edge is nearer by as much as it is high.
        let steps = edges.map(|(from, to)| (from.y - to.y) * PART);
        for y in top..bottom {
            let mut sides = edges.map(|(from, to)| side_of(from, to, (to_parts(left), to_parts(y))));
            let Some(row) = self.pixels.get_mut(y * self.width + left..y * self.width + right) else { continue };
            let mut entered = false;
            for pixel in row {
                if edges.iter().zip(sides).all(|((from, to), side)| covers(side, *from, *to)) {
                    entered = true;
                    let color =
                        plain.unwrap_or_else(|| mixed(&corners, sides.map(|side| side as f32 / whole), texture));
                    blend(pixel, color);
                } else if entered {
                    break;
                }
                for (side, step) in sides.iter_mut().zip(steps) {
                    *side += step;
                }
            }
        }
    }

    /// What was drawn.
    pub(super) fn into_image(self) -> ColorImage {
        let bytes: Vec<u8> = self.pixels.iter().flatten().map(|channel| byte(*channel)).collect();
        ColorImage::from_rgba_premultiplied([self.width, self.height], &bytes)
    }
}

/// On which side of the edge from one corner to the next a point lies, and how far: above 0 is inside.
fn side_of(from: Corner, to: Corner, (x, y): (i64, i64)) -> i64 {
    (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x)
}

/// Whether a point belongs to a triangle as far as one edge of it says; of a shared edge one side has it.
fn covers(side: i64, from: Corner, to: Corner) -> bool {
    let is_top = from.y == to.y && to.x > from.x;
    let is_left = to.y < from.y;
    side > 0 || (side == 0 && (is_top || is_left))
}

/// The colour of a place in a triangle, given what share each corner has of it.
fn mixed(corners: &[Corner; 3], shares: [f32; 3], texture: &Texture) -> [f32; 4] {
    let mut color = [0.0; 4];
    let (mut u, mut v) = (0.0, 0.0);
    for (corner, share) in corners.iter().zip(shares) {
        u += corner.uv.x * share;
        v += corner.uv.y * share;
        for (sum, channel) in color.iter_mut().zip(channels(corner.color)) {
            *sum += channel * share;
        }
    }
    times(texture.at(u, v), color)
}

fn blend(under: &mut [f32; 4], over: [f32; 4]) {
    let [.., alpha] = over;
    if alpha >= 1.0 {
        *under = over;
        return;
    }
    for (channel, over) in under.iter_mut().zip(over) {
        *channel = over + *channel * (1.0 - alpha);
    }
}

fn times(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    let mut product = a;
    for (channel, factor) in product.iter_mut().zip(b) {
        *channel *= factor;
    }
    product
}

/// The pixels of one direction that a triangle can reach, inside the clip and the image.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the image before")]
fn range(corners: [i64; 3], from: f32, until: f32, length: usize) -> (usize, usize) {
    let least = corners.into_iter().min().unwrap_or(0).div_euclid(PART) as f32;
    let most = (corners.into_iter().max().unwrap_or(0).div_euclid(PART) + 1) as f32;
    let clamp = |at: f32| at.clamp(0.0, length as f32) as usize;
    (clamp(least.max(from)), clamp(most.min(until)))
}

#[expect(clippy::cast_possible_truncation, reason = "places of an image are far below the end of whole numbers")]
fn part(pixels: f32) -> i64 {
    (pixels * PARTS).round() as i64
}

/// The middle of a pixel, in parts.
fn to_parts(pixel: usize) -> i64 {
    i64::try_from(pixel).unwrap_or(0) * PART + PART / 2
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte before")]
fn byte(channel: f32) -> u8 {
    (channel * 255.0).round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme;

    /// A canvas of 8 by 8 in the dark ground, and a colour to draw with.
    fn canvas() -> (Canvas, Color32) {
        let tokens = theme::tokens_of(egui::Theme::Dark);
        (Canvas::new(8, 8, tokens.background).expect("it has pixels"), tokens.text)
    }

    fn white() -> Texture {
        Texture { width: 1, height: 1, pixels: vec![[1.0; 4]] }
    }

    const ALL: Rect = Rect::EVERYTHING;

    #[test]
    fn two_triangles_of_a_see_through_square_fill_each_pixel_once() {
        let (mut canvas, ink) = canvas();
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(Rect::from_min_max(Pos2::new(2.0, 2.0), Pos2::new(6.0, 6.0)), ink.gamma_multiply(0.5));
        canvas.fill(&mesh, ALL, 1.0, &white());
        let image = canvas.into_image();
        let ground = theme::tokens_of(egui::Theme::Dark).background;
        let inside: Vec<Color32> =
            (2..6).flat_map(|y| (2..6).map(move |x| (x, y))).map(|at: (usize, usize)| image[at]).collect();
        assert!(inside.iter().all(|pixel| *pixel == inside[0] && *pixel != ground && *pixel != ink), "{inside:?}");
        let changed = image.pixels.iter().filter(|pixel| **pixel != ground).count();
        assert_eq!(changed, 16, "no pixel beside it");
    }

    #[test]
    fn nothing_is_drawn_outside_of_the_clip_or_the_image() {
        let (mut canvas, ink) = canvas();
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(Rect::from_min_max(Pos2::new(-90.0, -90.0), Pos2::new(90.0, 90.0)), ink);
        let clip = Rect::from_min_max(Pos2::new(1.0, 1.0), Pos2::new(3.0, 2.0));
        canvas.fill(&mesh, clip, 2.0, &white());
        let image = canvas.into_image();
        let filled: Vec<(usize, usize)> =
            (0..8).flat_map(|y| (0..8).map(move |x| (x, y))).filter(|at| image[*at] == ink).collect();
        assert_eq!(filled.len(), 4 * 2);
        assert!(filled.iter().all(|(x, y)| (2..6).contains(x) && (2..4).contains(y)), "{filled:?}");
    }

    #[test]
    fn a_part_of_the_texture_is_replaced_and_one_that_does_not_fit_is_refused() {
        let (_, ink) = canvas();
        let mut texture = Texture::of(&ColorImage::filled([4, 4], Color32::TRANSPARENT));
        let patch = ColorImage::filled([2, 2], ink);
        assert!(texture.put([1, 1], &patch).is_some());
        assert_eq!(texture.pixels.iter().filter(|[.., alpha]| *alpha > 0.5).count(), 4);
        assert!(texture.put([3, 3], &patch).is_none());
        assert!(Canvas::new(0, 8, ink).is_none());
    }
}
