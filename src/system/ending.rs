//! The end that the system asks for: a session that ends, `kill`, Ctrl+C in the terminal where the program was started.

/// Calls `end` when the program is asked to end for the first time; the second time it ends at once. The first time is for
/// the window, which saves and closes as it does by hand.
#[cfg(unix)]
pub fn when_asked_to_end(end: impl Fn() + Send + 'static) {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::flag;
    use signal_hook::iterator::Signals;

    let asked = Arc::new(AtomicBool::new(false));
    let begun = || -> std::io::Result<()> {
        for signal in [SIGTERM, SIGINT] {
            // In this order: the first one only sets the flag, the second finds it set. 128 and the number, as a shell says it.
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&asked))?;
            flag::register(signal, Arc::clone(&asked))?;
        }
        let mut signals = Signals::new([SIGTERM, SIGINT])?;
        std::thread::Builder::new().name("truerate-end".to_owned()).spawn(move || {
            if signals.forever().next().is_some() {
                end();
            }
        })?;
        Ok(())
    };
    if let Err(error) = begun() {
        log::warn!("the program will end at once when it is asked to: {error}");
    }
}

/// Windows tells the window itself.
#[cfg(not(unix))]
pub fn when_asked_to_end(_end: impl Fn() + Send + 'static) {}
