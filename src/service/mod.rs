//! What programs that run for years have in common: they are started and watched by the system, and
//! log what happens.

mod inbox;
mod log;
mod log_file;
mod manager;
mod show;
pub(crate) mod signs;
mod stop;
mod stop_thread;
mod turning;

pub(crate) use inbox::{Inbox, start_thread};
pub(crate) use log::{Log, LogEvent};
pub use log_file::LogLine;
pub(crate) use log_file::{LogFile, read_logs};
pub(crate) use manager::Service;
pub use show::Show;
pub(crate) use stop::stop_signal;
pub(crate) use stop_thread::on_stop;
pub(crate) use turning::{Turning, prepare};
