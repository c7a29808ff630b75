//! What may go wrong between this program and a cluster, told so that an official knows what to do. An answer is used
//! whole or not at all: none of these comes with a part of it.

use datafusion::common::DataFusionError;

#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    #[error("{0}: không phải địa chỉ của cụm máy · this is no address of a cluster")]
    Address(String),
    #[error("{place}: không kết nối được với cụm máy · the cluster cannot be reached: {why}")]
    Unreachable { place: String, why: String },
    #[error("cụm máy chạy phiên bản khác · the cluster runs another version: {0}")]
    Version(String),
    #[error(
        "cụm máy mất một máy tính toán giữa chừng, không dùng phần nào của kết quả; hãy thử lại · the cluster lost an \
         executor on the way, no part of the answer is used; try again: {0}"
    )]
    ExecutorLost(String),
    #[error(
        "cụm máy không trả lời trong {0} giây: chưa có máy tính toán, vừa mất máy, hoặc việc quá lớn; hãy thử lại · the \
         cluster did not answer within {0} seconds: no executor runs, one was lost, or the work is too large; try again"
    )]
    TooSlow(u64),
    #[error("cụm máy không chạy được truy vấn · the cluster could not run the query: {0}")]
    Query(#[from] DataFusionError),
    #[error("không khởi động được · it cannot start: {0}")]
    Start(String),
}

/// Signs in a message that machines no longer reach one another.
const LOST: [&str; 14] = [
    "executors were lost",
    "fetch failed",
    "fetch partition error",
    "Grpc Execute Action error",
    "FetchFailed",
    "FetchPartitionError",
    "Grpc connection error",
    "GrpcConnectionError",
    "GrpcActionError",
    "Error connecting to Ballista scheduler or executor",
    "transport error",
    "h2 protocol error",
    // So the scheduler ends questions that a lost executor worked on.
    "failed: Cancelled",
    "error reading a body from connection",
];

impl ClusterError {
    /// What a failed query says, sorted.
    pub fn of(error: DataFusionError) -> Self {
        let said = error.to_string();
        if said.contains("must have the same major version") {
            return Self::Version(said);
        }
        let lower = said.to_lowercase();
        if LOST.iter().any(|sign| lower.contains(&sign.to_lowercase())) {
            return Self::ExecutorLost(said);
        }
        Self::Query(error)
    }

    /// What to do, in both languages.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Address(_) => "df://may-chu:50050 · df://host:50050",
            Self::Unreachable { .. } => {
                "Kiểm tra haidang-visits cluster scheduler có đang chạy và tường lửa · check that haidang-visits cluster \
                 scheduler runs, and the firewall"
            }
            Self::Version(_) => {
                "Dùng cùng một bản haidang-visits trên mọi máy · use the same haidang-visits on every machine"
            }
            Self::ExecutorLost(_) => {
                "Chạy lại lệnh; các máy còn lại sẽ trả lời · run it again; the other executors answer"
            }
            Self::TooSlow(_) => {
                "Kiểm tra có máy tính toán nào đang chạy (cluster executor), hoặc tăng --cluster-timeout · check that an \
                 executor runs (cluster executor), or raise --cluster-timeout"
            }
            Self::Query(_) => {
                "Mọi máy phải đọc được kho dữ liệu ở cùng một địa chỉ · every machine must read the lake at the same \
                 address"
            }
            Self::Start(_) => "Kiểm tra địa chỉ và cổng · check the address and port",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ballista_core::BALLISTA_VERSION;
    use ballista_core::error::BallistaError;
    use ballista_core::version::check_compatibility;

    fn of(text: String) -> ClusterError {
        ClusterError::of(DataFusionError::Execution(text))
    }

    #[test]
    fn what_the_cluster_says_is_sorted_by_what_to_do() {
        let other = check_compatibility(Some("54.0.0"), Some(BALLISTA_VERSION)).expect_err("another version");
        assert!(matches!(of(other), ClusterError::Version(_)));
        let gone = BallistaError::FetchFailed("executor-1".into(), 1, 0, "reset".into());
        assert!(matches!(ClusterError::of(gone.into_datafusion()), ClusterError::ExecutorLost(_)));
        let gone = BallistaError::GrpcConnectionError("refused".into());
        assert!(matches!(of(format!("{gone:?}")), ClusterError::ExecutorLost(_)));
        let gone = "Job 1 failed: all executors were lost and no executor re-registered within 9s";
        assert!(matches!(of(gone.to_owned()), ClusterError::ExecutorLost(_)));
        let gone =
            "Job 1 failed: stage 4 failed: IpcError(\"h2 protocol error: error reading a body from connection\")";
        assert!(matches!(of(gone.to_owned()), ClusterError::ExecutorLost(_)));
        assert!(matches!(of("no such column".to_owned()), ClusterError::Query(_)));
    }

    #[test]
    fn every_failure_is_told_in_both_languages() {
        let all = [
            ClusterError::Address("x".into()),
            ClusterError::Unreachable { place: "x".into(), why: "y".into() },
            ClusterError::Version("x".into()),
            ClusterError::ExecutorLost("x".into()),
            ClusterError::TooSlow(9),
            of("x".into()),
            ClusterError::Start("x".into()),
        ];
        for error in all {
            assert!(error.to_string().contains(" · ") && error.hint().contains(" · "), "{error}");
        }
    }
}
