package org.bagnetlab.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.store.LikeJobs;
import org.bagnetlab.queue.store.TrainedRuns;
import org.bagnetlab.queue.sweep.FollowerRequest;
import org.bagnetlab.storage.database.Tables;

/** Tells which jobs of a batch exist, how long the others would take, and which are refused. */
record BatchCheck(
    JobSpecReader reader,
    TrainedRuns trainedRuns,
    ReusableJobs reusable,
    Tables tables,
    LikeJobs likeJobs) {

  /** Stands for the run of a training that is not queued yet; no setting depends on it. */
  private static final long ANY_RUN = 1;

  JobBatch.Check check(JobBatch.Draft draft) {
    List<JobBatch.Checked> jobs = new ArrayList<>();
    SortedMap<Integer, InvalidSpec> refused = new TreeMap<>(draft.refused());
    draft
        .entries()
        .forEach(
            (number, entry) -> {
              try {
                jobs.addAll(check(entry));
              } catch (InvalidSpec wrong) {
                refused.put(number, wrong);
              }
            });
    return new JobBatch.Check(jobs, refused);
  }

  private List<JobBatch.Checked> check(JobBatch.Entry entry) {
    List<JobBatch.Checked> jobs = new ArrayList<>();
    JobRequest request = trainedRuns.completed(tables, entry.request());
    boolean followed = !entry.then().isEmpty();
    Optional<Long> existing = reusable.find(tables, request.spec(), followed).findFirst();
    if (existing.isEmpty()) {
      // Refuses what could not be queued; a result that exists is found although its network is
      // gone.
      var _ = trainedRuns.awaited(tables, request.spec());
    }
    jobs.add(
        new JobBatch.Checked(
            titled(request),
            existing,
            likeJobs.whole(request.spec(), Optional.empty()).filter(any -> existing.isEmpty())));

    for (ObjectNode follower : entry.then()) {
      jobs.add(followed(follower, JobBatch.trainingOf(entry), request.title(), existing));
    }
    return jobs;
  }

  /** The title of a job, with that of the training whose network it is about. */
  private String titled(JobRequest request) {
    return request
        .spec()
        .subject()
        .flatMap(tables.jobs()::find)
        .map(run -> "%s: %s".formatted(request.title(), run.title()))
        .orElse(request.title());
  }

  private JobBatch.Checked followed(
      ObjectNode follower, TrainSpec training, String title, Optional<Long> run) {
    JobRequest request = reader.read(FollowerRequest.of(follower, training, run.orElse(ANY_RUN)));
    Optional<Long> existing =
        run.flatMap(there -> reusable.find(tables, request.spec(), false).findFirst());
    String label =
        Experiments.find(request.spec().kind())
            .map(Experiment::about)
            .map(about -> about.label())
            .orElse(request.spec().kind());
    Optional<LikeJobs.Estimate> whole =
        likeJobs.whole(request.spec(), request.spec().subject().map(anyRun -> training));
    return new JobBatch.Checked(
        "%s of %s".formatted(label, title), existing, whole.filter(any -> existing.isEmpty()));
  }
}
