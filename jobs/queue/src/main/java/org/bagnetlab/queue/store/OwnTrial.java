package org.bagnetlab.queue.store;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.sweep.TrialRow;

/** The trials that a search may change or stop. */
public final class OwnTrial {

  private OwnTrial() {}

  /**
   * The trial that a job is, if only its search needs it: it was not submitted individually, no
   * other sweep shares it, and no job outside the sweep is about it.
   */
  public static Optional<TrialRow> of(Tables tables, JobRow job) {
    List<TrialRow> trials = tables.trials().ofJob(job.id());
    return trials.size() == 1
            && !JobChanges.shared(tables, job)
            && !tables.trials().isSubjectOfOthers(trials.getFirst().sweep(), job.id())
        ? Optional.of(trials.getFirst())
        : Optional.empty();
  }
}
