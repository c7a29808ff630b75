//! A dashboard on a free port of this machine, closed when dropped.

use super::client::Client;
use super::sample::{Sample, SampleCalendar, SampleReports, TODAY_MILLIS};
use haidang::base::clock::Clock;
use haidang::department::dashboard::users::{self, Role};
use haidang::department::dashboard::{Notice, ServeOptions, serve};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;

pub const PASSPHRASE: &str = "năm mươi con thuyền";

pub struct Server {
    pub address: SocketAddr,
    pub clock: Clock,
    pub troubles: Arc<Mutex<Vec<String>>>,
    pub users: Option<PathBuf>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    _folder: tempfile::TempDir,
}

impl Server {
    /// As on a machine of one's own.
    pub fn open() -> Self {
        Self::start(false, 0)
    }

    /// Over a list of places with so many errors.
    pub fn with_place_errors(errors: usize) -> Self {
        Self::start(false, errors)
    }

    /// With the accounts `bo` (ministry), `tinh-1` (province 1) and `truong-1` (school 1.1.1).
    pub fn with_accounts() -> Self {
        Self::start(true, 0)
    }

    fn start(accounts: bool, place_errors: usize) -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        let users = accounts.then(|| folder.path().join("users.csv"));
        if let Some(path) = &users {
            let mut give = || Ok(Some(PASSPHRASE.to_owned()));
            users::add(path, "bo", Role::Ministry, &mut give).expect("added");
            users::add(path, "tinh-1", Role::Province("1".into()), &mut give).expect("added");
            users::add(path, "truong-1", Role::School("1.1.1".into()), &mut give).expect("added");
        }
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let (tell, told) = mpsc::channel();
        let troubles: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&troubles);
        let clock = Clock::stepped(TODAY_MILLIS);
        let options = ServeOptions {
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            users: users.clone(),
            hosts: vec!["thongke.example.vn".to_owned()],
            https: false,
            proxy: None,
            calendar: Arc::new(SampleCalendar),
            reports: Arc::new(SampleReports),
            place_errors: Arc::new(move || place_errors),
            clock: clock.clone(),
            tell: Arc::new(move |notice| match notice {
                Notice::Listening(address) => tell.send(address).expect("awaited"),
                Notice::Trouble { number, cause } => log.lock().expect("sound").push(format!("{number} {cause}")),
                Notice::NotEncrypted(address) => panic!("{address} is this machine"),
            }),
            stop: Box::pin(async move { drop(stopped.await) }),
        };
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
            runtime.expect("runtime").block_on(serve(Arc::new(Sample), options)).expect("served");
        });
        let address = told.recv().expect("listening");
        Self { address, clock, troubles, users, stop: Some(stop), thread: Some(thread), _folder: folder }
    }

    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    pub fn signed_in(&self, name: &str) -> Client {
        let mut client = self.client();
        let answer = client.sign_in(name, PASSPHRASE);
        assert_eq!(answer.status, 303, "{}", answer.text());
        client
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Nobody listens when the server fell over by itself; its thread then tells.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the server fell over");
        }
    }
}
