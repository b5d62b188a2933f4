//! Looks for the pins, monitors them, and looks for them again after a loss.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::{
    Notify,
    mpsc::{self, UnboundedReceiver, UnboundedSender},
};

use super::{Options, chip::Chip, device::Device};
use crate::hardware::{DeviceCommand, DeviceReport, Reader, Strike, pause};

/// The half that reports.
#[derive(Debug)]
pub struct PinsReader {
    reports: UnboundedReceiver<DeviceReport>,
}

/// The half that takes commands. When it is dropped, every relay is switched off.
pub struct PinsStrike {
    shared: Arc<Shared>,
    reports: UnboundedSender<DeviceReport>,
}

struct Shared {
    chip_and_device: Mutex<(Box<dyn Chip>, Device)>,
    /// Notified after a command, since time may now have to pass sooner.
    command_sent: Notify,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, (Box<dyn Chip>, Device)> {
        self.chip_and_device.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens the pins of a chip. Must be called within a tokio runtime.
pub fn open_on(chip: impl Chip + 'static, options: Options) -> (PinsReader, PinsStrike) {
    let chip_and_device = Mutex::new((Box::new(chip) as Box<dyn Chip>, Device::new(options)));
    let shared = Arc::new(Shared { chip_and_device, command_sent: Notify::new() });
    let (sender, reports) = mpsc::unbounded_channel();
    tokio::spawn(run(Arc::clone(&shared), sender.clone()));
    (PinsReader { reports }, PinsStrike { shared, reports: sender })
}

impl Reader for PinsReader {
    async fn next(&mut self) -> Option<DeviceReport> {
        self.reports.recv().await
    }
}

impl Strike for PinsStrike {
    fn send(&mut self, command: DeviceCommand) {
        let mut locked = self.shared.lock();
        let (chip, device) = &mut *locked;
        let now = chip.now();
        // The lock is held, so that no report overtakes this one.
        if let Some(report) = device.carry_out(command, now) {
            let _ = self.reports.send(report); // nobody may be listening any more
        }
        self.shared.command_sent.notify_one();
    }
}

impl Drop for PinsStrike {
    fn drop(&mut self) {
        self.shared.lock().1.switch_off();
    }
}

impl fmt::Debug for PinsStrike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PinsStrike").finish_non_exhaustive()
    }
}

/// A device that was connected for this long was not lost at once.
const STABLE: Duration = pause::LONGEST;

/// Looks for the device until nobody wants its reports.
async fn run(shared: Arc<Shared>, reports: UnboundedSender<DeviceReport>) {
    let mut failed = 0;
    let mut last_reason = None;
    loop {
        let (sender, mut events) = mpsc::unbounded_channel();
        let opened = {
            let mut locked = shared.lock();
            let (chip, device) = &mut *locked;
            let began = chip.now();
            chip.open(&device.setup(), sender).map(|opened| {
                send(&reports, device.connect(opened));
                began
            })
        };
        let why = match opened {
            Ok(began) => {
                last_reason = None;
                let Some(why) = listen(&shared, &reports, &mut events).await else { return };
                let mut locked = shared.lock();
                locked.1.disconnect();
                if locked.0.now().saturating_sub(began) >= STABLE {
                    failed = 0;
                }
                why
            }
            Err(why) => why,
        };
        // An unchanged reason is not reported again.
        if last_reason.as_ref() != Some(&why) {
            send(&reports, [DeviceReport::Lost(why.clone())]);
            last_reason = Some(why);
        }
        failed += 1;
        tokio::select! {
            () = reports.closed() => return,
            () = tokio::time::sleep(pause::after(failed)) => {}
        }
    }
}

/// The maximum number of edges handled before time passes: it must not pass while the rest of a
/// frame is waiting, nor stand still in a storm.
const MAX_EDGES: usize = 1000;

/// Monitors the device until it is lost, and returns the reason; `None` if nobody wants its
/// reports.
async fn listen(
    shared: &Shared,
    reports: &UnboundedSender<DeviceReport>,
    events: &mut UnboundedReceiver<super::PinEvent>,
) -> Option<String> {
    loop {
        let wait = {
            let locked = shared.lock();
            let now = locked.0.now();
            locked.1.due(now).map_or(Duration::MAX, |due| due.saturating_sub(now))
        };
        tokio::select! {
            biased;
            () = reports.closed() => return None,
            first = events.recv() => {
                let Some(first) = first else { return Some("the pins are gone".to_owned()) };
                let mut locked = shared.lock();
                let rest = std::iter::from_fn(|| events.try_recv().ok()).take(MAX_EDGES);
                for event in std::iter::once(first).chain(rest) {
                    match locked.1.handle(event) {
                        Ok(found) => send(reports, found),
                        Err(why) => return Some(why),
                    }
                }
            }
            () = shared.command_sent.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
        let mut locked = shared.lock();
        let now = locked.0.now();
        send(reports, locked.1.tick(now));
    }
}

fn send(reports: &UnboundedSender<DeviceReport>, all: impl IntoIterator<Item = DeviceReport>) {
    for report in all {
        let _ = reports.send(report); // a missing listener is noticed elsewhere
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::model::Code,
        hardware::{
            Feedback,
            gpio::{Opened, PinEvent, Setup, SimulatedChip},
            wiegand::Format,
        },
    };

    const TOML: &str = "\
        relays.1 = { pin = 17 }\n\
        relays.2 = { pin = 27, active = 'low' }\n\
        readers.1 = { d0 = 5, d1 = 6, beep = 19 }\n\
        inputs.1 = { pin = 22, debounce_ms = 1 }\n";

    async fn next(reader: &mut PinsReader) -> DeviceReport {
        let next = tokio::time::timeout(Duration::from_secs(30), reader.next());
        next.await.expect("it is reported in time").expect("there is more")
    }

    /// Opens simulated pins and takes the first report.
    async fn connected() -> (SimulatedChip, PinsReader, PinsStrike) {
        let chip = SimulatedChip::default();
        let (mut reader, strike) = open_on(chip.clone(), toml::from_str(TOML).unwrap());
        assert!(matches!(next(&mut reader).await, DeviceReport::Connected(_)));
        assert_eq!(relays(&chip), [false; 2]);
        assert_eq!(next(&mut reader).await, DeviceReport::Level { input: 1, active: false });
        (chip, reader, strike)
    }

    /// Whether each relay is on, according to the levels of the pins.
    fn relays(chip: &SimulatedChip) -> [bool; 2] {
        [chip.output(17) == Some(true), chip.output(27) == Some(false)]
    }

    #[tokio::test]
    async fn it_does_what_it_is_told_and_says_so() {
        let (chip, mut reader, mut strike) = connected().await;
        for (relay, on, expected) in [
            (1, true, [true, false]),
            (2, true, [true, true]),
            (1, false, [false, true]),
            (1, true, [true, true]),
            (2, false, [true, false]),
            (2, true, [true, true]),
        ] {
            strike.send(DeviceCommand::Relay { relay, on });
            assert_eq!(relays(&chip), expected, "at once");
            assert_eq!(next(&mut reader).await, DeviceReport::Relay { relay, on });
        }
        drop(strike);
        assert_eq!(relays(&chip), [false; 2]);
    }

    #[tokio::test]
    async fn commands_for_missing_parts_are_ignored() {
        let (chip, mut reader, mut strike) = connected().await;
        strike.send(DeviceCommand::Relay { relay: 3, on: true });
        strike.send(DeviceCommand::Feedback { reader: 2, feedback: Feedback::Granted });
        strike.send(DeviceCommand::Relay { relay: 1, on: true });
        assert_eq!(next(&mut reader).await, DeviceReport::Relay { relay: 1, on: true });
        assert_eq!(relays(&chip), [true, false]);
    }

    #[tokio::test]
    async fn it_reports_fobs_and_buttons() {
        let (chip, mut reader, _strike) = connected().await;
        chip.send(5, 6, Format::Bits26.write(15_408_774));
        let code = Code::fob("15408774").unwrap();
        assert_eq!(next(&mut reader).await, DeviceReport::Read { reader: 1, code });
        chip.drive(22, false);
        assert_eq!(next(&mut reader).await, DeviceReport::Input { input: 1, active: true });
        chip.drive(22, true);
        assert_eq!(next(&mut reader).await, DeviceReport::Input { input: 1, active: false });
    }

    #[tokio::test]
    async fn lost_pins_are_off_and_found_again() {
        let (chip, mut reader, mut strike) = connected().await;
        strike.send(DeviceCommand::Relay { relay: 1, on: true });
        assert_eq!(next(&mut reader).await, DeviceReport::Relay { relay: 1, on: true });
        chip.set_absent(Some("no GPIO here"));
        assert_eq!(next(&mut reader).await, DeviceReport::Lost("the pins are gone".to_owned()));
        assert_eq!(relays(&chip), [false; 2]);
        strike.send(DeviceCommand::Relay { relay: 2, on: true });
        assert_eq!(next(&mut reader).await, DeviceReport::Lost("no GPIO here".to_owned()));
        chip.set_absent(None);
        // The reason is reported once, and commands in between are dropped.
        assert!(matches!(next(&mut reader).await, DeviceReport::Connected(_)));
        assert_eq!(next(&mut reader).await, DeviceReport::Level { input: 1, active: false });
        assert_eq!(relays(&chip), [false; 2]);
        strike.send(DeviceCommand::Relay { relay: 2, on: true });
        assert_eq!(next(&mut reader).await, DeviceReport::Relay { relay: 2, on: true });
    }

    /// Pins that are missing the first times they are looked for.
    struct Late(SimulatedChip, u32);

    impl Chip for Late {
        fn open(
            &mut self,
            setup: &[Setup],
            events: UnboundedSender<PinEvent>,
        ) -> Result<Opened, String> {
            if let Some(left) = self.1.checked_sub(1) {
                self.1 = left;
                return Err("no GPIO yet".to_owned());
            }
            self.0.open(setup, events)
        }

        fn now(&self) -> Duration {
            self.0.now()
        }
    }

    #[tokio::test]
    async fn a_missing_device_is_reported_once() {
        let late = Late(SimulatedChip::default(), 2);
        let (mut reader, _strike) = open_on(late, toml::from_str(TOML).unwrap());
        assert_eq!(next(&mut reader).await, DeviceReport::Lost("no GPIO yet".to_owned()));
        assert!(matches!(next(&mut reader).await, DeviceReport::Connected(_)));
    }

    #[tokio::test]
    async fn when_all_is_dropped_all_is_off() {
        let (chip, reader, mut strike) = connected().await;
        strike.send(DeviceCommand::Relay { relay: 1, on: true });
        strike.send(DeviceCommand::Feedback { reader: 1, feedback: Feedback::Granted });
        assert_eq!((relays(&chip), chip.output(19)), ([true, false], Some(false)));
        drop((reader, strike));
        assert_eq!((relays(&chip), chip.output(19)), ([false; 2], Some(true)));
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_machine_without_pins_says_so_and_goes_on() {
        if ["/dev/gpiomem", "/dev/gpiomem0"].iter().any(|path| std::path::Path::new(path).exists())
        {
            return; // this is a Raspberry Pi, whose pins a test must not touch
        }
        let (mut reader, mut strike) = crate::hardware::gpio::open(toml::from_str(TOML).unwrap());
        let DeviceReport::Lost(words) = next(&mut reader).await else { panic!("nothing was lost") };
        assert!(words.starts_with("no GPIO here: ") && words.contains("remove `gpio`"), "{words}");
        strike.send(DeviceCommand::Relay { relay: 1, on: true });
        strike.send(DeviceCommand::Feedback { reader: 1, feedback: Feedback::Denied });
    }
}
