//! The exchange rates: a list, a row to add one: "1 GBP = 1.31 USD on 3 Nov", a file of many, and the user's own payouts
//! where a rate is missing. Each acts at once.
//!
//! A rate is planned before it is sent, so that a refusal stands beside it and not behind the dialog.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use egui::{Align, Key, Layout, Modifiers, RichText, Ui, vec2};
use rust_decimal::Decimal;

use super::currency_choices;
use super::rates_file::RatesFile;
use crate::domain::book::Book;
use crate::domain::command::{self, Command};
use crate::domain::exchange::{ExchangeRate, MAX_AGE_DAYS, MissingRate};
use crate::domain::ids::RateId;
use crate::domain::money::Currency;
use crate::domain::query::hours::Selection;
use crate::domain::query::rates;
use crate::domain::settings::Settings;
use crate::domain::span::{DayRange, Now};
use crate::ui::action::Action;
use crate::ui::cx::Cx;
use crate::ui::format::Style;
use crate::ui::theme;
use crate::ui::typed::{self, Unreadable};
use crate::ui::view::fill::Fill;
use crate::ui::view::memo::Memo;
use crate::ui::view::rates_file::RatesRead;
use crate::ui::view::reasons;
use crate::ui::widgets::button;
use crate::ui::widgets::card;
use crate::ui::widgets::field::{Ended, Field, Label, reason_ui};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::picker::{Choice, Picker};
use crate::ui::widgets::table::{Column, RowSpec, Table};

/// Who says so, where the user typed it.
const OWN: &str = "own";

/// Over this height, in points, the list scrolls by itself.
const LIST: f32 = 144.0;
/// From this width on a new rate is typed in one line, in points.
const ONE_LINE: f32 = 610.0;

/// A rate in the list.
#[derive(Debug)]
struct Line {
    id: RateId,
    pair: String,
    day: String,
    rate: String,
    source: String,
    /// All of it, for its row's name.
    spoken: String,
}

/// The list, and the rate being typed.
#[derive(Debug)]
pub(super) struct Exchange {
    base: Currency,
    quote: Currency,
    rate: String,
    day: String,
    lines: Memo<(u64, NaiveDate), Vec<Line>>,
    /// A file that is being taken in, in the place of the list.
    file: Option<RatesFile>,
    /// What lacks a rate of the pair, and what the user's own payouts can say of it.
    lacking: Memo<(u64, Currency, Currency), Option<Lacking>>,
}

/// The days that lack a rate of a pair.
#[derive(Debug)]
struct Lacking {
    words: String,
    fill: Option<Fill>,
}

impl Exchange {
    pub(super) fn new(settings: &Settings, today: NaiveDate) -> Self {
        let quote = settings.home_currency;
        let foreign = if quote == Currency::USD { Currency::EUR } else { Currency::USD };
        Self {
            base: settings.second_currency.unwrap_or(foreign),
            quote,
            rate: String::new(),
            day: Style::of(settings).date(today),
            lines: Memo::default(),
            file: None,
            lacking: Memo::default(),
        }
    }

    /// A missing rate stands ready to be typed.
    pub(super) fn show(&mut self, missing: Option<MissingRate>, style: Style) {
        if let Some(missing) = missing {
            self.base = missing.from;
            self.quote = missing.to;
            self.day = style.date(missing.on);
        }
    }

    /// What came of reading a rates file.
    pub(super) fn rates_read(&mut self, path: &Path, read: Result<Box<RatesRead>, String>) {
        if let Some(file) = &mut self.file {
            file.arrived(path, read);
        }
    }

    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        currencies: &[(Currency, String)],
        actions: &mut Vec<Action>,
    ) {
        let dropped =
            ui.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_string_lossy().into_owned()));
        if let Some(path) = dropped.filter(|_| !cx.read_only) {
            self.file = Some(RatesFile::dropped(path, actions));
        }
        if let Some(file) = &mut self.file {
            if file.ui(ui, cx, actions) {
                self.file = None;
            }
            return;
        }
        card::note(
            ui,
            &format!("A rate holds for its day and {MAX_AGE_DAYS} days after it, both ways. Changes here act at once."),
        );
        if !cx.read_only {
            self.add_ui(ui, cx, currencies, actions);
            self.lacking_ui(ui, cx, actions);
            let import = button::link("Import a rates file…");
            let line = "The reference rates of the European Central Bank, from a file that you downloaded";
            if ui.add(import.tip("Import a rates file…", "", line)).clicked() {
                self.file = Some(RatesFile::default());
            }
        }
        self.list_ui(ui, cx, actions);
    }

    /// What lacks a rate of the chosen pair, and the click that fills it from the user's own payouts.
    fn lacking_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let lacking = self.lacking.get((cx.book.revision(), self.base, self.quote), || {
            let all = Selection::period(DayRange::all());
            let rates = rates::rates(&cx.figures.work, &all, cx.figures.at);
            let pair = |missing: &MissingRate| (missing.from, missing.to) == (self.base, self.quote);
            let missing: BTreeSet<MissingRate> =
                rates.missing.iter().map(|(_, missing)| *missing).filter(pair).collect();
            (!missing.is_empty()).then(|| Lacking {
                words: format!(
                    "{} to {} is missing for {}",
                    self.base,
                    self.quote,
                    reasons::counted(missing.len(), "day")
                ),
                fill: Fill::of(cx.book, &missing, cx.today),
            })
        });
        let Some(Lacking { words, fill }) = lacking else { return };
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(words).color(theme::tokens(ui).warn));
            if let Some(fill) = fill
                && ui.add(button::chip(&fill.words).tip(&fill.words, "", &fill.line)).clicked()
            {
                actions.push(Action::Do(fill.command(|| cx.fresh.draw())));
            }
        });
    }

    fn add_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, currencies: &[(Currency, String)], actions: &mut Vec<Action>) {
        let read = self.read(cx.book, cx.today, cx.now);
        let size = vec2(ui.available_width(), theme::tokens(ui).sizes.row);
        let line = |ui: &mut Ui, content: &mut dyn FnMut(&mut Ui) -> bool| {
            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_height(size.y);
                ui.spacing_mut().item_spacing.x = theme::tokens(ui).sizes.gap_s;
                content(ui)
            })
            .inner
        };
        let entered = if size.x < ONE_LINE {
            let rate = line(ui, &mut |ui| self.rate_ui(ui, currencies));
            line(ui, &mut |ui| self.day_ui(ui, read.is_ok())) || rate
        } else {
            line(ui, &mut |ui| {
                let rate = self.rate_ui(ui, currencies);
                self.day_ui(ui, read.is_ok()) || rate
            })
        };
        if entered {
            // Enter here means this rate, not the whole dialog.
            ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        }
        match read {
            Ok((rate, replaces)) => {
                let what = if replaces { "Replaces the one of" } else { "For" };
                card::note(ui, &format!("{what} {}", Style::of(cx.book.settings()).day(rate.on, cx.today)));
                if entered {
                    let id = if replaces { rate.id } else { RateId(cx.fresh.draw()) };
                    actions.push(Action::Do(Command::SetRate(Box::new(ExchangeRate { id, ..rate }))));
                    self.rate.clear();
                }
            }
            Err(Some(reason)) => reason_ui(ui, &reason),
            Err(None) => {}
        }
    }

    /// "1 EUR = 1.15 USD"; whether Enter was pressed in it.
    fn rate_ui(&mut self, ui: &mut Ui, currencies: &[(Currency, String)]) -> bool {
        ui.label("1");
        pick_ui(ui, "From currency", currencies, &mut self.base);
        ui.label("=");
        let rate = Field::new("Exchange rate", &mut self.rate).label(Label::Unseen).hint("rate").width(104.0).right();
        let entered = rate.limit(24).show(ui).ended == Some(Ended::Entered);
        pick_ui(ui, "To currency", currencies, &mut self.quote);
        entered
    }

    /// "on 3 Nov" and the button; whether the rate is to be added.
    fn day_ui(&mut self, ui: &mut Ui, whole: bool) -> bool {
        ui.label("on");
        let day = Field::new("Day of the rate", &mut self.day).label(Label::Unseen).hint("3 Nov").width(116.0);
        let entered = day.limit(24).show(ui).ended == Some(Ended::Entered);
        let add = button::quiet("Add rate").enabled(whole).tip("Add rate", "Enter", "Acts at once");
        ui.add(add).clicked() || entered
    }

    /// The rate as typed, and whether it takes the place of one; without a reason where nothing was typed yet.
    fn read(&self, book: &Book, today: NaiveDate, now: Now) -> Result<(ExchangeRate, bool), Option<String>> {
        let style = Style::of(book.settings());
        let rate = match style.reader().decimal(&self.rate) {
            Err(Unreadable::Empty) => return Err(None),
            Err(Unreadable::NotAnAmount) => {
                return Err(Some(format!("A rate such as {}, please", style.exact(Decimal::new(131, 2)))));
            }
            read => read.map_err(|why| Some(why.to_string()))?,
        };
        let on = typed::date(&self.day, today).map_err(|why| Some(why.to_string()))?;
        let same = |known: &&std::sync::Arc<ExchangeRate>| {
            known.base == self.base && known.quote == self.quote && known.on == on
        };
        let replaced = book.rates().find(same).map(|known| known.id);
        let id = replaced.unwrap_or(RateId(0));
        let rate =
            ExchangeRate { id, base: self.base, quote: self.quote, on, rate, source: OWN.to_owned(), estimate: false };
        // Planned beforehand: a refusal belongs here, and not behind the dialog.
        command::plan(book, &Command::SetRate(Box::new(rate.clone())), now).map_err(|why| Some(why.to_string()))?;
        Ok((rate, replaced.is_some()))
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
        let lines = self.lines.get((cx.book.revision(), cx.today), || lines(cx.book, cx.today));
        if lines.is_empty() {
            card::note(ui, "None yet. Money in another currency counts once its rate is here.");
            return;
        }
        let sizes = &theme::tokens(ui).sizes;
        // All its height at once, or the dialog's own scrolling would squeeze it.
        let height = (sizes.row * lines.len() as f32).min(LIST);
        let size = vec2(ui.available_width(), height + sizes.row_dense);
        ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
            Table::new("Exchange rates")
                .max_height(LIST)
                .column(Column::exact("Pair", 116.0))
                .column(Column::exact("Rate", 110.0).right())
                .column(Column::exact("Day", 130.0))
                .column(Column::fill("Source", 110.0).priority(1))
                .column(Column::exact("", 52.0).right())
                .show(
                    ui,
                    lines.len(),
                    |at| match lines.get(at) {
                        Some(line) => RowSpec::new(("rate", line.id), &line.spoken).plain(),
                        None => RowSpec::new("none", "").plain(),
                    },
                    |row| {
                        let Some(line) = lines.get(row.index()) else { return };
                        row.text(&line.pair);
                        row.text(&line.rate);
                        row.text(&line.day);
                        row.muted(&line.source);
                        row.cell(|ui| {
                            let name = format!("Delete {}", line.spoken);
                            let delete = button::icon(Icon::Close, &name).enabled(!cx.read_only);
                            if ui.add(delete).clicked() {
                                actions.push(Action::Do(Command::DeleteRate(line.id)));
                            }
                        });
                    },
                );
        });
    }
}

/// The rates, the latest day first.
fn lines(book: &Book, today: NaiveDate) -> Vec<Line> {
    let style = Style::of(book.settings());
    let mut rates: Vec<_> = book.rates().collect();
    rates.sort_by_key(|rate| (std::cmp::Reverse(rate.on), rate.base, rate.quote, rate.id));
    rates
        .into_iter()
        .map(|rate| {
            let day = style.day(rate.on, today);
            let figure = figure(rate.rate, style);
            Line {
                id: rate.id,
                pair: format!("{} to {}", rate.base, rate.quote),
                spoken: format!("{} to {}, {figure}, {day}", rate.base, rate.quote),
                day,
                rate: figure,
                source: if rate.estimate { format!("{} · estimate", rate.source) } else { rate.source.clone() },
            }
        })
        .collect()
}

/// A rate with all of its decimals, four at least.
fn figure(rate: Decimal, style: Style) -> String {
    style.decimals(rate, rate.normalize().scale().max(4))
}

fn pick_ui(ui: &mut Ui, name: &str, currencies: &[(Currency, String)], chosen: &mut Currency) {
    let choices: Vec<Choice<'_>> = currency_choices(currencies).collect();
    let at = currencies.iter().position(|(currency, _)| currency == chosen);
    let picked = Picker::new(name).width(92.0).chosen(at).value(chosen.code().into()).pick(ui, &choices);
    if let Some((currency, _)) = picked.and_then(|at| currencies.get(at)) {
        *chosen = *currency;
    }
}
