package org.bagnetlab.storage.database;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.storage.annotation.AnnotationTable;
import org.bagnetlab.storage.artifact.ArtifactTable;
import org.bagnetlab.storage.artifact.DeletionTable;
import org.bagnetlab.storage.audit.AuditTable;
import org.bagnetlab.storage.cost.CostTable;
import org.bagnetlab.storage.device.GpuReadingTable;
import org.bagnetlab.storage.job.JobTable;
import org.bagnetlab.storage.job.ReaderTable;
import org.bagnetlab.storage.job.WorkerTable;
import org.bagnetlab.storage.mirror.MirrorTable;
import org.bagnetlab.storage.notice.NoticeTable;
import org.bagnetlab.storage.result.ResultTable;
import org.bagnetlab.storage.retention.RetentionTable;
import org.bagnetlab.storage.revision.Revisions;
import org.bagnetlab.storage.revision.SucceededJobs;
import org.bagnetlab.storage.run.RunTable;
import org.bagnetlab.storage.sweep.SweepTable;
import org.bagnetlab.storage.sweep.TrialTable;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/** The database's tables within one transaction. */
public final class Tables {

  private final Handle handle;
  private final SucceededJobs succeeded;
  private final Revisions revisions;
  private final long revision;

  /** Opens the tables before the transaction reads anything. */
  Tables(Handle handle, Revisions revisions) {
    this.handle = handle;
    this.succeeded = new SucceededJobs(handle);
    this.revisions = revisions;
    this.revision = revisions.current();
  }

  /**
   * The {@link Database#revision} at the beginning of the transaction, which may see later changes
   * of other transactions, too.
   */
  public long revision() {
    return revision;
  }

  /**
   * The jobs that succeeded of which data was changed or deleted after a revision; empty if that
   * was too long ago to know.
   */
  public Optional<Set<Long>> changedSince(long earlier) {
    return revisions.since(earlier);
  }

  /** Jobs and their state history. */
  public JobTable jobs() {
    return new JobTable(handle, succeeded);
  }

  /** The jobs that read data sets. */
  public ReaderTable readers() {
    return new ReaderTable(handle);
  }

  /** Trainings and their epochs. */
  public RunTable runs() {
    return new RunTable(handle, succeeded);
  }

  /** The results of jobs. */
  public ResultTable results() {
    return new ResultTable(handle, succeeded);
  }

  /** Sweeps, their jobs, and the rungs of their trials. */
  public SweepTable sweeps() {
    return new SweepTable(handle, succeeded);
  }

  /** The trials of searches, and the values that they try. */
  public TrialTable trials() {
    return new TrialTable(handle);
  }

  /** Tags and notes. */
  public AnnotationTable annotations() {
    return new AnnotationTable(handle, succeeded);
  }

  /** What jobs cost. */
  public CostTable costs() {
    return new CostTable(handle);
  }

  /** Readings of GPUs. */
  public GpuReadingTable gpuReadings() {
    return new GpuReadingTable(handle);
  }

  /** The processes that jobs run in. */
  public WorkerTable workers() {
    return new WorkerTable(handle);
  }

  /** Notifications. */
  public NoticeTable notices() {
    return new NoticeTable(handle);
  }

  /** The trainings that other tracking servers have. */
  public MirrorTable mirrored() {
    return new MirrorTable(handle);
  }

  /** Files that retention may remove, and files that it removed. */
  public RetentionTable retention() {
    return new RetentionTable(handle);
  }

  /** The stored files of jobs. */
  public ArtifactTable artifacts() {
    return new ArtifactTable(handle, succeeded);
  }

  /** Files that will be deleted. */
  public DeletionTable deletions() {
    return new DeletionTable(handle);
  }

  /** The audit log: who changed what. */
  public AuditTable audit() {
    return new AuditTable(handle);
  }

  /** The jobs that succeeded of which this transaction changed data. */
  Set<Long> changedSucceededJobs() {
    return succeeded.changed();
  }

  /** Whether anything was changed in this transaction. */
  boolean changed() {
    try {
      return Snapshot.session(handle.getConnection()).hasPendingTransaction();
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }

  /** The database's own metadata. */
  LabTable lab() {
    return new LabTable(handle);
  }
}
