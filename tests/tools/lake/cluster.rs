//! The golden answers on a cluster: one scheduler and two executors of the built tool, on ports that are free. Executors
//! are killed in the middle of questions; what comes of it is the golden answer or a sentence, never a part of it.

use super::golden::{blessed, lake, rows};
use super::{answers, runtime};
use haidang::department::cluster::{Cluster, ClusterError};
use haidang::department::engine::EngineError;
use haidang::department::engine::answers::LakeAnswers;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(180);

/// A process that ends with the test, however that ends.
struct Process(Child);

impl Process {
    /// Starts the tool and waits for its first line.
    fn start(arguments: &[&str]) -> (Self, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_haidang-visits"));
        let mut child = command.args(arguments).stdout(Stdio::piped()).spawn().expect("tool runs");
        let output = child.stdout.take().expect("piped");
        let process = Self(child);
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            let _ = BufReader::new(output).read_line(&mut line);
            let _ = tell.send(line);
        });
        let line = told.recv_timeout(PATIENCE).expect("a first line in time");
        assert!(!line.is_empty(), "ended without a word: {arguments:?}");
        (process, line.trim().to_owned())
    }

    /// On Unix this is SIGKILL.
    fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

struct Executor {
    process: Process,
    work: PathBuf,
}

impl Executor {
    fn start(scheduler: &str, work: PathBuf) -> Self {
        std::fs::create_dir_all(&work).expect("made");
        let folder = work.to_str().expect("text");
        let arguments = ["--scheduler", scheduler, "--bind", "127.0.0.1:0", "--work", folder, "--tasks", "1"];
        let (process, _) = Process::start(&[&["cluster", "executor"][..], &arguments[..]].concat());
        Self { process, work }
    }

    /// Files that tasks have written here.
    fn files(&self) -> usize {
        let mut folders = vec![self.work.clone()];
        let mut count = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                } else {
                    count += 1;
                }
            }
        }
        count
    }
}

fn scheduler() -> (Process, String) {
    Process::start(&["cluster", "scheduler", "--bind", "127.0.0.1:0", "--lost-after", "8"])
}

async fn answers_of(lake: &Path, scheduler: &str) -> LakeAnswers {
    let cluster = Cluster::connect(scheduler, PATIENCE).await.expect("reached");
    let mut answers = answers(lake).await.on(cluster).await.expect("open");
    // A small lake in few parts.
    answers.engine = answers.engine.with_threads(4);
    answers
}

fn visits(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_haidang-visits")).args(arguments).output().expect("tool runs")
}

#[test]
fn a_cluster_gives_the_golden_answers() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let lake = lake(dir.path());
    let (_scheduler, address) = scheduler();
    let executors = ["a", "b"].map(|name| Executor::start(&address, dir.path().join(name)));
    let rows = runtime().block_on(async { rows(&answers_of(&lake, &address).await).await }).expect("answered");
    assert_eq!(rows, blessed());
    assert!(executors.iter().all(|executor| executor.files() > 0), "one executor did everything");

    // What an official sees is the same, too.
    let lake = lake.to_str().expect("text");
    for verb in ["figures", "explain"] {
        let here = visits(&[verb, "--lake", lake, "--period", "2026"]);
        let there = visits(&[verb, "--lake", lake, "--period", "2026", "--cluster", &address]);
        assert_eq!(there.status.code(), Some(0), "{}", String::from_utf8_lossy(&there.stderr));
        assert_eq!(String::from_utf8_lossy(&there.stdout), String::from_utf8_lossy(&here.stdout), "{verb}");
    }
}

#[test]
fn an_empty_lake_is_empty_on_a_cluster_too() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (_scheduler, address) = scheduler();
    let _executor = Executor::start(&address, dir.path().join("a"));
    let lake = dir.path().join("lake");
    let (here, there) = runtime().block_on(async {
        (
            rows(&answers(&lake).await).await.expect("here"),
            rows(&answers_of(&lake, &address).await).await.expect("there"),
        )
    });
    assert_eq!(here, there);
}

#[test]
fn a_killed_executor_costs_no_figure() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let lake = lake(dir.path());
    let (_scheduler, address) = scheduler();
    let _staying = Executor::start(&address, dir.path().join("staying"));
    let runtime = runtime();
    let answers = Arc::new(runtime.block_on(answers_of(&lake, &address)));
    // Killed when so many files are written: in the first stage of the first question, and further on.
    for wanted in [1, 4, 20] {
        let mut going = Executor::start(&address, dir.path().join(format!("going-{wanted}")));
        let asked = Arc::clone(&answers);
        let asked = runtime.spawn(async move { rows(&asked).await });
        let deadline = Instant::now() + PATIENCE;
        while going.files() < wanted && !asked.is_finished() {
            assert!(Instant::now() < deadline, "nothing was done here");
            std::thread::yield_now();
        }
        assert!(!asked.is_finished(), "all was answered before {wanted} files were written");
        going.process.kill();
        let killed = Instant::now();
        match runtime.block_on(asked).expect("no panic") {
            Ok(rows) => assert_eq!(rows, blessed(), "killed at {wanted} files"),
            Err(EngineError::Cluster(error @ ClusterError::ExecutorLost(_))) => {
                let told = error.to_string();
                assert!(told.contains("hãy thử lại") && told.contains("try again"), "{told}");
                println!("killed at {wanted} files: {told}");
            }
            Err(error) => panic!("killed at {wanted} files: {error}"),
        }
        println!("killed at {wanted} files: answered after {} s", killed.elapsed().as_secs());
        let rows = runtime.block_on(rows(&answers)).expect("the other executor answers");
        assert_eq!(rows, blessed(), "after {wanted} files");
    }
}

#[test]
fn a_cluster_that_cannot_answer_says_so() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let lake = lake(dir.path());
    let folder = lake.to_str().expect("text");
    let figures = |cluster: &str| {
        let output =
            visits(&["figures", "--lake", folder, "--period", "2026", "--cluster", cluster, "--cluster-timeout", "2"]);
        assert!(output.stdout.is_empty(), "{output:?}");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, told) = figures("http://127.0.0.1:1");
    assert_eq!(code, Some(2));
    assert!(told.contains("không phải địa chỉ") && told.contains("no address"), "{told}");

    let (mut process, address) = scheduler();
    let (code, told) = figures(&address);
    assert_eq!(code, Some(3));
    assert!(told.contains("trong 2 giây") && told.contains("within 2 seconds"), "{told}");
    assert!(told.contains("cluster executor") && told.contains("--cluster-timeout"), "{told}");

    let answers = runtime().block_on(answers_of(&lake, &address));
    process.kill();
    let error = runtime().block_on(rows(&answers)).expect_err("nobody is there");
    assert!(matches!(error, EngineError::Cluster(ClusterError::Unreachable { .. })), "{error}");
    let (code, told) = figures(&address);
    assert_eq!(code, Some(3));
    assert!(told.contains("không kết nối được") && told.contains("cannot be reached"), "{told}");
    assert!(told.contains("cluster scheduler"), "{told}");
}
