//! Listens to the commands of a chat and to its buttons, and answers each of them to whoever typed or
//! pressed it.

use std::io;

use super::Inbox;
use crate::{chat::commands::Desk, integrations::chat::ChatOptions};

/// Starts to listen, and goes on until the program ends.
#[cfg(feature = "services")]
pub(super) fn start(inbox: Inbox, options: ChatOptions, desk: Desk) -> io::Result<()> {
    use std::{collections::VecDeque, sync::mpsc, time::Duration};

    use crate::service::start_thread as thread;
    use crate::{
        chat::{Event, Input},
        clock,
        integrations::chat::{Answer, Heard, Listening, answer, listen},
    };

    /// How long to wait before a line that failed is opened again.
    const AGAIN: Duration = Duration::from_secs(5);

    let chat = desk.chat().clone();
    let (sender, commands) = mpsc::channel::<Heard>();
    let answering = (inbox.clone(), options.clone(), chat.clone());
    // A command may take a while; the line must go on, or Slack sends it again.
    thread(&format!("answers {chat}"), move || {
        let (inbox, options, chat) = answering;
        let mut desk = desk;
        for heard in commands {
            let (said, instead, answer_to) = match heard {
                Heard::Command { account, text, answer_to } => {
                    (desk.answer(&account, &text, inbox.now()), false, answer_to)
                }
                Heard::Pressed { account, value, alone, answer_to } => {
                    (desk.press(&account, &value, inbox.now()), alone, answer_to)
                }
                Heard::Connected => continue,
            };
            let it = Answer { text: said.text, buttons: said.buttons, instead };
            let told = match answer(&options, &answer_to, &it) {
                Ok(()) => {
                    Input::Tell(Event::Answered { chat: chat.clone(), command: said.command })
                }
                Err(error) => Input::Trouble(format!("answers {chat}"), Some(error.to_string())),
            };
            if !inbox.tell(told) {
                return;
            }
        }
    })?;
    thread(&format!("commands {chat}"), move || {
        let mut seen = VecDeque::new();
        let what = format!("commands {chat}");
        while !inbox.is_ending() {
            let (_end, ended) = tokio::sync::oneshot::channel();
            let ended = listen(&options, &mut seen, ended, |heard| match heard {
                Heard::Connected => {
                    inbox.tell(Input::Trouble(what.clone(), None));
                    inbox.tell(Input::Listening(chat.clone(), true));
                }
                asked => {
                    let _ = sender.send(asked); // at the end, nobody answers
                }
            });
            match ended {
                Ok(Listening::Ended) => return,
                Ok(Listening::Again) => {}
                Err(error) => {
                    inbox.tell(Input::Listening(chat.clone(), false));
                    if !inbox.tell(Input::Trouble(what.clone(), Some(error.to_string()))) {
                        return;
                    }
                    clock::pause(AGAIN);
                }
            }
        }
    })
}

/// Listens to nothing: this program was built without services, which was told already.
#[cfg(not(feature = "services"))]
pub(super) fn start(_: Inbox, _: ChatOptions, desk: Desk) -> io::Result<()> {
    drop(desk);
    Ok(())
}
