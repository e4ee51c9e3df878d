package org.bagnetlab.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.store.JobChanges;
import org.bagnetlab.queue.store.TrainedRuns;
import org.bagnetlab.queue.sweep.FollowerRequest;

/** Queues the jobs of a batch in one transaction. */
final class BatchSubmission {

  private final JobSpecReader reader;
  private final TrainedRuns trainedRuns;
  private final ReusableJobs reusable;
  private final Sweeps.JobInsertion insertion;
  private final JobChanges changes;
  private final List<Long> queued = new ArrayList<>();
  private final List<Long> existing = new ArrayList<>();

  BatchSubmission(
      JobSpecReader reader,
      TrainedRuns trainedRuns,
      ReusableJobs reusable,
      Sweeps.JobInsertion insertion,
      JobChanges changes) {
    this.reader = reader;
    this.trainedRuns = trainedRuns;
    this.reusable = reusable;
    this.insertion = insertion;
    this.changes = changes;
  }

  JobBatch.Submitted submit(JobBatch batch) {
    batch.forEach(this::submit);
    return new JobBatch.Submitted(List.copyOf(queued), List.copyOf(existing));
  }

  private void submit(JobBatch.Entry entry) {
    long id = submit(entry.request(), !entry.then().isEmpty());
    for (ObjectNode follower : entry.then()) {
      submit(
          JobBatch.ofNoSweep(
              reader.read(FollowerRequest.of(follower, JobBatch.trainingOf(entry), id))),
          false);
    }
  }

  private long submit(JobRequest asked, boolean followed) {
    JobRequest request = trainedRuns.completed(changes.tables(), asked);
    Optional<Long> there = reusable.find(changes.tables(), request.spec(), followed).findFirst();
    there.ifPresent(existing::add);
    if (there.isPresent()) {
      return there.get();
    }
    long id = insertion.insert(changes, request, false);
    queued.add(id);
    return id;
  }
}
