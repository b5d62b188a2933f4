//! Looks for a keyboard, listens to it, and looks for it again after a loss.

use std::time::Duration;

use tokio::{
    sync::mpsc::{self, UnboundedReceiver, UnboundedSender},
    time::Instant,
};

use super::{
    port::{Keys, Port},
    typing::Typing,
};
use crate::{
    domain::model::{Code, CredentialType},
    hardware::{DeviceCommand, DeviceReport, Reader, Strike, pause},
};

/// A keyboard has one reader.
const READER: u8 = 1;

/// The half that reports.
#[derive(Debug)]
pub struct KeyboardReader {
    reports: UnboundedReceiver<DeviceReport>,
}

/// The half that takes commands, and does nothing: a keyboard has no relays and no useful lights.
#[derive(Debug)]
pub struct KeyboardStrike;

/// Opens the keyboard of a port. Must be called within a tokio runtime.
pub fn open_on(
    port: impl Port + 'static,
    kind: CredentialType,
) -> (KeyboardReader, KeyboardStrike) {
    let (sender, reports) = mpsc::unbounded_channel();
    tokio::spawn(run(port, kind, sender));
    (KeyboardReader { reports }, KeyboardStrike)
}

impl Reader for KeyboardReader {
    async fn next(&mut self) -> Option<DeviceReport> {
        self.reports.recv().await
    }
}

impl Strike for KeyboardStrike {
    fn send(&mut self, _: DeviceCommand) {}
}

/// Looks for the keyboard until nobody wants its reports.
async fn run(mut port: impl Port, kind: CredentialType, reports: UnboundedSender<DeviceReport>) {
    let mut failed = 0;
    let mut last_reason = None;
    loop {
        let why = match port.open() {
            Ok((words, keys)) => {
                let _ = reports.send(DeviceReport::Connected(words)); // noticed below
                last_reason = None;
                let began = Instant::now();
                let Some(why) = listen(keys, kind, &reports).await else { return };
                // A device that breaks as soon as it is found is not looked for continuously.
                if began.elapsed() >= pause::LONGEST {
                    failed = 0;
                }
                why
            }
            Err(why) => why,
        };
        // An unchanged reason is not reported again.
        if last_reason.as_ref() != Some(&why) {
            let _ = reports.send(DeviceReport::Lost(why.clone())); // noticed below
            last_reason = Some(why);
        }
        failed += 1;
        tokio::select! {
            () = reports.closed() => return,
            () = tokio::time::sleep(pause::after(failed)) => {}
        }
    }
}

/// Listens until the keyboard is unplugged, and returns the reason; `None` if nobody wants its
/// reports.
async fn listen(
    mut keys: impl Keys,
    kind: CredentialType,
    reports: &UnboundedSender<DeviceReport>,
) -> Option<String> {
    let start = Instant::now();
    let mut typing = Typing::new(kind);
    loop {
        let wait = typing.due().map_or(Duration::MAX, |due| due.saturating_sub(start.elapsed()));
        let report = tokio::select! {
            biased;
            () = reports.closed() => return None,
            code = keys.next() => match code {
                Ok(code) => typing.press(code, start.elapsed()).map(report),
                Err(error) => return Some(format!("the keyboard is gone: {error}")),
            },
            () = tokio::time::sleep(wait) => {
                typing.expire(start.elapsed()).map(|words| report(Err(words)))
            }
        };
        if let Some(report) = report {
            let _ = reports.send(report); // noticed above
        }
    }
}

fn report(found: Result<Code, String>) -> DeviceReport {
    match found {
        Ok(code) => DeviceReport::Read { reader: READER, code },
        Err(words) => DeviceReport::Noise { reader: READER, words },
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{SimulatedKeyboard, SimulatedKeys},
        *,
    };
    use crate::hardware::Feedback;

    async fn next(reader: &mut KeyboardReader) -> DeviceReport {
        let next = tokio::time::timeout(Duration::from_secs(30), reader.next());
        next.await.expect("it is reported in time").expect("there is more")
    }

    async fn connected(kind: CredentialType) -> (SimulatedKeyboard, KeyboardReader) {
        let keyboard = SimulatedKeyboard::default();
        let (mut reader, mut strike) = open_on(keyboard.clone(), kind);
        let connected = DeviceReport::Connected("a simulated keyboard".to_owned());
        assert_eq!(next(&mut reader).await, connected);
        strike.send(DeviceCommand::Relay { relay: 1, on: true });
        strike.send(DeviceCommand::Feedback { reader: 1, feedback: Feedback::Granted });
        (keyboard, reader)
    }

    #[tokio::test]
    async fn what_is_typed_is_read() {
        // Not a fob's number, whose keys must come quickly, while this machine may be busy.
        let (keyboard, mut reader) = connected(CredentialType::Passcode).await;
        keyboard.press(&[11, 2, 3, 28, 30, 28, 4, 96]);
        let read = |digits| DeviceReport::Read { reader: 1, code: Code::passcode(digits).unwrap() };
        assert_eq!(next(&mut reader).await, read("012"));
        assert!(matches!(next(&mut reader).await, DeviceReport::Noise { reader: 1, .. }));
        assert_eq!(next(&mut reader).await, read("3"));
    }

    #[tokio::test]
    async fn a_number_without_enter_is_noise() {
        let (keyboard, mut reader) = connected(CredentialType::Fob).await;
        keyboard.press(&[2, 3]);
        let DeviceReport::Noise { words, .. } = next(&mut reader).await else { panic!("no noise") };
        assert!(words.contains("Enter"), "{words}");
    }

    #[tokio::test]
    async fn unplugged_is_lost_and_plugged_is_connected() {
        let (keyboard, mut reader) = connected(CredentialType::Passcode).await;
        keyboard.press(&[2]);
        keyboard.plug(false);
        let lost = |why: &str| DeviceReport::Lost(why.to_owned());
        assert_eq!(next(&mut reader).await, lost("the keyboard is gone: it was unplugged"));
        assert_eq!(next(&mut reader).await, lost("the simulated keyboard is not plugged in"));
        keyboard.plug(true);
        assert!(matches!(next(&mut reader).await, DeviceReport::Connected(_)));
        // What was typed before is forgotten.
        keyboard.press(&[3, 28]);
        let code = Code::passcode("2").unwrap();
        assert_eq!(next(&mut reader).await, DeviceReport::Read { reader: 1, code });
    }

    /// A keyboard that is missing the first times it is looked for.
    struct Late(SimulatedKeyboard, u32);

    impl Port for Late {
        type Keys = SimulatedKeys;

        fn open(&mut self) -> Result<(String, SimulatedKeys), String> {
            if let Some(left) = self.1.checked_sub(1) {
                self.1 = left;
                return Err("plug it in".to_owned());
            }
            self.0.open()
        }
    }

    #[tokio::test]
    async fn a_missing_device_is_reported_once() {
        let late = Late(SimulatedKeyboard::default(), 2);
        let (mut reader, _strike) = open_on(late, CredentialType::Fob);
        assert_eq!(next(&mut reader).await, DeviceReport::Lost("plug it in".to_owned()));
        assert!(matches!(next(&mut reader).await, DeviceReport::Connected(_)));
    }

    #[tokio::test]
    async fn a_keyboard_that_is_not_there_is_lost() {
        let options = "name = 'a keyboard that nobody has'";
        let (mut reader, _strike) = super::super::open(toml::from_str(options).unwrap());
        assert!(matches!(next(&mut reader).await, DeviceReport::Lost(_)));
    }
}
