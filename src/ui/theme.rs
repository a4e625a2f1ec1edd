//! The look: colours by role, sizes and fonts, and egui's style made from them.
//!
//! Promises: every colour on the screen comes from `assets/theme.ron`; dark and light hold the same roles;
//! the file is parsed once. Never reads a disk (the files are part of the program) and never names a
//! colour by its look.

use std::sync::{Arc, OnceLock};

use egui::style::{ScrollAnimation, ScrollStyle, Selection, WidgetVisuals, Widgets};
use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle,
    Theme, ThemePreference, Visuals, vec2,
};
use serde::{Deserialize, Deserializer, de};

/// The family of headings, main buttons and figures.
pub const SEMIBOLD: &str = "semibold";

/// What the user picked in Settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As the desktop says; dark where it says nothing.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl From<ThemeChoice> for ThemePreference {
    fn from(choice: ThemeChoice) -> Self {
        match choice {
            ThemeChoice::System => Self::System,
            ThemeChoice::Light => Self::Light,
            ThemeChoice::Dark => Self::Dark,
        }
    }
}

/// Everything a screen may use for colour and size, for dark or for light.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// Colours by role.
    pub colors: Colors,
    /// Hues of the platforms; use [`Tokens::hue`].
    pub platforms: [Color32; 8],
    /// Letters on a platform's hue.
    pub badge_ink: Color32,
    /// Sizes in points.
    pub sizes: Sizes,
    /// Whether these are the dark ones.
    pub dark: bool,
}

/// Tokens read as `tokens.text`, `tokens.surface` …
impl std::ops::Deref for Tokens {
    type Target = Colors;

    fn deref(&self) -> &Colors {
        &self.colors
    }
}

/// Colours by role; `assets/theme.ron` says what each is for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colors {
    /// Behind cards; weekend days.
    #[serde(deserialize_with = "hex")]
    pub background: Color32,
    /// Bar, tabs, cards.
    #[serde(deserialize_with = "hex")]
    pub surface: Color32,
    /// Buttons, pickers, fields, day heads, the chosen tab.
    #[serde(deserialize_with = "hex")]
    pub raised: Color32,
    /// *Raised* under the pointer.
    #[serde(deserialize_with = "hex")]
    pub raised_hover: Color32,
    /// *Raised* while pressed.
    #[serde(deserialize_with = "hex")]
    pub raised_press: Color32,
    /// A row under the pointer.
    #[serde(deserialize_with = "hex")]
    pub row_hover: Color32,
    /// The chosen row.
    #[serde(deserialize_with = "hex")]
    pub row_selected: Color32,
    /// Row and day lines.
    #[serde(deserialize_with = "hex")]
    pub line: Color32,
    /// Words and figures.
    #[serde(deserialize_with = "hex")]
    pub text: Color32,
    /// Words that stand back.
    #[serde(deserialize_with = "hex")]
    pub muted: Color32,
    /// The one main button, today, focus.
    #[serde(deserialize_with = "hex")]
    pub accent: Color32,
    /// *Accent* under the pointer.
    #[serde(deserialize_with = "hex")]
    pub accent_hover: Color32,
    /// Words on *accent*.
    #[serde(deserialize_with = "hex")]
    pub on_accent: Color32,
    /// Above the floor.
    #[serde(deserialize_with = "hex")]
    pub good: Color32,
    /// Needs a look.
    #[serde(deserialize_with = "hex")]
    pub warn: Color32,
    /// Late, lost, refused.
    #[serde(deserialize_with = "hex")]
    pub bad: Color32,
    /// *Bad* under the pointer.
    #[serde(deserialize_with = "hex")]
    pub bad_hover: Color32,
    /// Words on *bad*.
    #[serde(deserialize_with = "hex")]
    pub on_bad: Color32,
    /// The dot of a running timer.
    #[serde(deserialize_with = "hex")]
    pub running: Color32,
    /// Over the window behind a dialog.
    #[serde(deserialize_with = "hex")]
    pub backdrop: Color32,
    /// Under popups.
    #[serde(deserialize_with = "hex")]
    pub shadow: Color32,
}

/// Sizes in points. Type first, then heights, gaps in steps of 4, corners.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Letters of a badge.
    pub badge: f32,
    /// Small type.
    pub small: f32,
    /// Body type.
    pub body: f32,
    /// Titles.
    pub title: f32,
    /// The one figure that matters on a screen.
    pub figure: f32,
    /// The answer of the Rates tab.
    pub answer: f32,
    /// Rows where people scan; small buttons.
    pub row_dense: f32,
    /// Rows and controls where people act.
    pub row: f32,
    /// 4.
    pub gap_xs: f32,
    /// 8.
    pub gap_s: f32,
    /// 12.
    pub gap_m: f32,
    /// 16: side margins, inside cards.
    pub gap_l: f32,
    /// 24.
    pub gap_xl: f32,
    /// Corners of cards and buttons.
    pub radius: f32,
    /// Corners of badges and small buttons.
    pub radius_small: f32,
    /// Height of the bar.
    pub bar_height: f32,
    /// Height of the tab strip.
    pub tab_strip_height: f32,
}

impl Tokens {
    /// The hue of a platform; indices past the last one start over (the badge then adds a pattern).
    #[must_use]
    pub fn hue(&self, index: usize) -> Color32 {
        self.platforms.get(index % self.platforms.len()).copied().unwrap_or(self.muted)
    }

    /// A platform's hue at a quarter, laid over the surface: the fill of a block.
    #[must_use]
    pub fn tint(&self, hue: Color32) -> Color32 {
        self.surface.lerp_to_gamma(hue, 0.25)
    }

    /// Corner of cards, buttons and fields.
    #[must_use]
    pub fn radius(&self) -> CornerRadius {
        CornerRadius::same(whole(self.sizes.radius))
    }

    /// Corner of badges and blocks.
    #[must_use]
    pub fn radius_small(&self) -> CornerRadius {
        CornerRadius::same(whole(self.sizes.radius_small))
    }

    /// The ring around what the keyboard is on.
    #[must_use]
    pub fn focus_ring(&self) -> Stroke {
        Stroke::new(2.0, self.accent)
    }

    /// A line of one pixel between rows and days.
    #[must_use]
    pub fn hairline(&self) -> Stroke {
        Stroke::new(1.0, self.line)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    dark: Colors,
    light: Colors,
    #[serde(deserialize_with = "hexes")]
    platforms: [Color32; 8],
    #[serde(deserialize_with = "hex")]
    badge_ink: Color32,
    sizes: Sizes,
}

struct Both {
    dark: Tokens,
    light: Tokens,
}

fn both() -> &'static Both {
    static BOTH: OnceLock<Both> = OnceLock::new();
    BOTH.get_or_init(|| {
        let file: File = ron::from_str(include_str!("../../assets/theme.ron"))
            .expect("the theme is part of the program and a test parses it");
        let tokens = |colors: Colors, dark| Tokens {
            colors,
            platforms: file.platforms,
            badge_ink: file.badge_ink,
            sizes: file.sizes.clone(),
            dark,
        };
        Both { dark: tokens(file.dark, true), light: tokens(file.light, false) }
    })
}

/// The tokens of one theme, without a window.
#[must_use]
pub fn tokens_of(theme: Theme) -> &'static Tokens {
    match theme {
        Theme::Dark => &both().dark,
        Theme::Light => &both().light,
    }
}

/// Something that knows whether it is drawn dark or light.
pub trait Themed {
    /// Dark or light.
    fn theme_now(&self) -> Theme;
}

impl Themed for egui::Ui {
    fn theme_now(&self) -> Theme {
        if self.visuals().dark_mode { Theme::Dark } else { Theme::Light }
    }
}

impl Themed for egui::Context {
    fn theme_now(&self) -> Theme {
        self.theme()
    }
}

/// The tokens that hold for this ui or context.
#[must_use]
pub fn tokens(of: &impl Themed) -> &'static Tokens {
    tokens_of(of.theme_now())
}

/// Sets fonts, both styles and the user's choice. Once, when the window is made.
///
/// Scripts that the shipped face lacks still come from the system: eframe registers its font provider on
/// the context before the program is made, and new font definitions leave providers in place.
pub fn install(ctx: &egui::Context, choice: ThemeChoice) {
    ctx.set_fonts(fonts());
    for theme in [Theme::Dark, Theme::Light] {
        ctx.set_style_of(theme, style(theme));
    }
    choose(ctx, choice);
    super::flat::install(ctx);
}

/// Follows a new choice of the user; takes hold with the next frame.
pub fn choose(ctx: &egui::Context, choice: ThemeChoice) {
    ctx.set_theme(ThemePreference::from(choice));
}

/// Whether anything may move by itself. There are no animations: what is left is the blinking text cursor.
pub fn still(ctx: &egui::Context, still: bool) {
    for theme in [Theme::Dark, Theme::Light] {
        if ctx.style_of(theme).visuals.text_cursor.blink == still {
            ctx.style_mut_of(theme, |style| style.visuals.text_cursor.blink = !still);
        }
    }
}

/// The one figure that matters on a screen.
#[must_use]
pub fn figure_style() -> TextStyle {
    TextStyle::Name("Figure".into())
}

/// The answer of the Rates tab.
#[must_use]
pub fn answer_style() -> TextStyle {
    TextStyle::Name("Answer".into())
}

/// Regular text of a size from [`Sizes`].
#[must_use]
pub fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Semi-bold text of a size from [`Sizes`].
#[must_use]
pub fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SEMIBOLD.into()))
}

fn fonts() -> FontDefinitions {
    const REGULAR: &str = "NotoSans-Regular";
    const SEMI: &str = "NotoSans-SemiBold";
    let mut fonts = FontDefinitions::empty();
    let regular = FontData::from_static(include_bytes!("../../assets/fonts/NotoSans-Regular.ttf"));
    let semi = FontData::from_static(include_bytes!("../../assets/fonts/NotoSans-SemiBold.ttf"));
    fonts.font_data.insert(REGULAR.into(), Arc::new(regular));
    fonts.font_data.insert(SEMI.into(), Arc::new(semi));
    // Monospace is named by some widgets of egui; figures of the shipped face have one width as they are.
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec![REGULAR.into()]);
    }
    fonts.families.insert(FontFamily::Name(SEMIBOLD.into()), vec![SEMI.into(), REGULAR.into()]);
    fonts
}

fn style(theme: Theme) -> Style {
    let tokens = tokens_of(theme);
    let sizes = &tokens.sizes;
    let mut style = Style {
        text_styles: [
            (TextStyle::Small, regular(sizes.small)),
            (TextStyle::Body, regular(sizes.body)),
            (TextStyle::Monospace, regular(sizes.body)),
            (TextStyle::Button, regular(sizes.body)),
            (TextStyle::Heading, semibold(sizes.title)),
            (figure_style(), semibold(sizes.figure)),
            (answer_style(), semibold(sizes.answer)),
        ]
        .into(),
        animation_time: 0.0,
        scroll_animation: ScrollAnimation::none(),
        visuals: visuals(theme),
        ..Style::default()
    };
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(sizes.gap_s, sizes.gap_s);
    spacing.button_padding = vec2(sizes.gap_m, 6.0);
    spacing.interact_size = vec2(sizes.row_dense, sizes.row_dense);
    spacing.menu_margin = Margin::same(4);
    spacing.window_margin = Margin::same(whole_i8(sizes.gap_l));
    spacing.icon_width = 18.0;
    spacing.icon_width_inner = 10.0;
    spacing.icon_spacing = sizes.gap_s;
    spacing.tooltip_width = 360.0;
    spacing.scroll = ScrollStyle {
        bar_width: 8.0,
        floating_width: 4.0,
        floating_allocated_width: 0.0,
        dormant_handle_opacity: 0.25,
        active_handle_opacity: 0.5,
        interact_handle_opacity: 0.8,
        interact_background_opacity: 0.0,
        active_background_opacity: 0.0,
        ..ScrollStyle::floating()
    };
    // A selectable label takes the click that is meant for its row; copying has verbs of its own.
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
    style
}

fn visuals(theme: Theme) -> Visuals {
    let tokens = tokens_of(theme);
    let base = match theme {
        Theme::Dark => Visuals::dark(),
        Theme::Light => Visuals::light(),
    };
    let widget = |fill: Color32, text: Color32, ring: Stroke| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: ring,
        corner_radius: tokens.radius(),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    let mut cursor = base.text_cursor.clone();
    cursor.stroke = Stroke::new(1.5, tokens.accent);
    let shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: tokens.shadow };
    Visuals {
        weak_text_color: Some(tokens.muted),
        widgets: Widgets {
            // Lines between things are drawn with this one's stroke.
            noninteractive: widget(tokens.surface, tokens.text, tokens.hairline()),
            inactive: widget(tokens.raised, tokens.text, Stroke::NONE),
            hovered: widget(tokens.raised_hover, tokens.text, Stroke::NONE),
            active: widget(tokens.raised_press, tokens.text, tokens.focus_ring()),
            open: widget(tokens.raised_hover, tokens.text, Stroke::NONE),
        },
        selection: Selection { bg_fill: tokens.accent.gamma_multiply(0.35), stroke: Stroke::new(1.0, tokens.text) },
        hyperlink_color: tokens.accent,
        faint_bg_color: tokens.row_hover,
        extreme_bg_color: tokens.raised,
        text_edit_bg_color: Some(tokens.raised),
        code_bg_color: tokens.raised,
        warn_fg_color: tokens.warn,
        error_fg_color: tokens.bad,
        window_corner_radius: tokens.radius(),
        window_shadow: shadow,
        window_fill: tokens.surface,
        window_stroke: tokens.hairline(),
        menu_corner_radius: tokens.radius(),
        panel_fill: tokens.background,
        popup_shadow: shadow,
        text_cursor: cursor,
        ..base
    }
}

/// A token of a size as the whole number egui wants; tokens are small and whole.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of the type before")]
fn whole(size: f32) -> u8 {
    size.round().clamp(0.0, 127.0) as u8
}

/// A size as a whole number of points, for margins.
#[must_use]
pub fn whole_i8(size: f32) -> i8 {
    i8::try_from(whole(size)).unwrap_or(i8::MAX)
}

#[expect(clippy::disallowed_methods, reason = "colours are made here and nowhere else")]
fn color(text: &str) -> Option<Color32> {
    Color32::from_hex(text).ok()
}

fn hex<'de, D: Deserializer<'de>>(from: D) -> Result<Color32, D::Error> {
    let text = String::deserialize(from)?;
    color(&text).ok_or_else(|| de::Error::custom(format!("not a colour: {text}")))
}

fn hexes<'de, D: Deserializer<'de>>(from: D) -> Result<[Color32; 8], D::Error> {
    let texts = Vec::<String>::deserialize(from)?;
    let colors: Option<Vec<_>> = texts.iter().map(|text| color(text)).collect();
    colors
        .and_then(|colors| <[Color32; 8]>::try_from(colors).ok())
        .ok_or_else(|| de::Error::custom("eight colours for the platforms, please"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2.2 defines it.
    fn luminance(color: Color32) -> f64 {
        let part = |byte: u8| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(color.r()) + 0.7152 * part(color.g()) + 0.0722 * part(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_everything_it_stands_on() {
        for theme in [Theme::Dark, Theme::Light] {
            let t = tokens_of(theme);
            let grounds = [t.background, t.surface, t.raised, t.row_hover, t.row_selected];
            for (name, ink) in [
                ("text", t.text),
                ("muted", t.muted),
                ("good", t.good),
                ("warn", t.warn),
                ("bad", t.bad),
                ("accent", t.accent),
            ] {
                for ground in grounds {
                    let ratio = contrast(ink, ground);
                    assert!(ratio >= 4.5, "{theme:?} {name} on {ground:?}: {ratio:.2}");
                }
            }
            for (ink, ground) in [
                (t.on_accent, t.accent),
                (t.on_accent, t.accent_hover),
                (t.on_bad, t.bad),
                (t.on_bad, t.bad_hover),
                (t.text, t.raised_hover),
                (t.text, t.raised_press),
            ] {
                assert!(contrast(ink, ground) >= 4.5, "{theme:?} {ink:?} on {ground:?}");
            }
            for hue in t.platforms {
                assert!(contrast(t.badge_ink, hue) >= 4.5, "badge on {hue:?}");
                assert!(contrast(t.text, t.tint(hue)) >= 4.5, "{theme:?} block {hue:?}");
            }
        }
    }

    /// Without system fonts: a bare context has the shipped faces alone.
    #[test]
    fn every_currency_can_be_written_with_its_sign_or_its_code_in_the_shipped_faces() {
        use crate::domain::money::{Currency, Money};
        let ctx = egui::Context::default();
        install(&ctx, ThemeChoice::Dark);
        ctx.run_ui(egui::RawInput::default(), |_| {}).textures_delta.clear();
        let drawn = |text: &str| {
            [regular(14.0), semibold(14.0)].iter().all(|font| ctx.fonts_mut(|fonts| fonts.has_glyphs(font, text)))
        };
        assert!(!drawn("日"), "no other face helps out");
        for currency in Currency::all() {
            let style = crate::ui::format::Style::PLAIN;
            let amount = style.money(Money::new((-1234).into(), currency));
            assert!(drawn(&amount), "{currency}: {amount}");
        }
    }

    #[test]
    fn hues_start_over_after_eight() {
        let t = tokens_of(Theme::Dark);
        assert_eq!(t.hue(0), t.platforms[0]);
        assert_eq!(t.hue(8), t.hue(0));
        assert_eq!(t.hue(usize::MAX), t.hue(7));
    }

    #[test]
    fn the_choice_decides_between_dark_and_light() {
        let ctx = egui::Context::default();
        install(&ctx, ThemeChoice::Light);
        assert!(!tokens(&ctx).dark);
        choose(&ctx, ThemeChoice::Dark);
        assert!(tokens(&ctx).dark);
        assert_eq!(ctx.style_of(Theme::Light).visuals.panel_fill, tokens_of(Theme::Light).background);
    }

    #[test]
    fn with_reduced_motion_the_text_cursor_stands_still() {
        let ctx = egui::Context::default();
        install(&ctx, ThemeChoice::Dark);
        let blinks = || [Theme::Dark, Theme::Light].map(|theme| ctx.style_of(theme).visuals.text_cursor.blink);
        assert_eq!(blinks(), [true, true]);
        still(&ctx, true);
        assert_eq!(blinks(), [false, false]);
        still(&ctx, false);
        assert_eq!(blinks(), [true, true]);
    }

    #[test]
    fn nothing_waits_for_an_animation() {
        let style = style(Theme::Dark);
        assert!(style.animation_time.abs() < f32::EPSILON);
        assert_eq!(style.scroll_animation, ScrollAnimation::none());
    }
}
