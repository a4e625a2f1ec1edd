//! The yardstick: the least window that the toolkit makes, drawn once a second. What TrueRate needs beyond it is ours.
//!
//! `--labels N` draws N labels, `--plot` a plot of one line, `--still` only once. Compared by `benches/window.sh`.

use std::time::Duration;

/// What is drawn.
#[derive(Debug, Clone, Copy, Default)]
struct Drawn {
    labels: usize,
    plot: bool,
    still: bool,
}

impl eframe::App for Drawn {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let second = ui.input(|input| input.time).floor();
        egui::CentralPanel::default().show(ui, |ui| {
            ui.label(format!("{second} s"));
            ui.horizontal_wrapped(|ui| {
                for at in 0..self.labels {
                    ui.label(format!("label {at}"));
                }
            });
            if self.plot {
                let points: egui_plot::PlotPoints<'_> =
                    (0..200).map(|at| [f64::from(at), (f64::from(at) / 20.0 + second).sin()]).collect();
                egui_plot::Plot::new("plot").show(ui, |plot| plot.line(egui_plot::Line::new("line", points)));
            }
        });
        if !self.still {
            ui.ctx().request_repaint_after(Duration::from_secs(1));
        }
    }
}

fn main() -> eframe::Result {
    let mut drawn = Drawn::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--labels" => drawn.labels = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(0),
            "--plot" => drawn.plot = true,
            "--still" => drawn.still = true,
            other => eprintln!("empty_window: {other} is not known"),
        }
    }
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_title("empty window").with_inner_size([1280.0, 800.0]),
        ..Default::default()
    };
    eframe::run_native("empty-window", options, Box::new(move |_creation| Ok(Box::new(drawn))))
}
