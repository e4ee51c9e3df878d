package org.bagnetlab.queue.store;

import java.util.Optional;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.job.JobTable;

/** Changes the order in which queued jobs run. */
public final class QueueOrder {

  private final JobTable jobs;

  public QueueOrder(JobTable jobs) {
    this.jobs = jobs;
  }

  /** Moves a job to the front of its priority. */
  public void first(JobRow job) {
    double first = jobs.outermost(priority(job), true).orElse(job.order().position());
    if (first < job.order().position()) {
      jobs.place(job.id(), first - 1);
    }
  }

  /** Moves a job to the end of its priority. */
  public void last(JobRow job) {
    double last = jobs.outermost(priority(job), false).orElse(job.order().position());
    if (last > job.order().position()) {
      // Stay before jobs queued later, whose position is their id.
      double next = jobs.nextPosition();
      double position = (last + next) / 2;
      if (position <= last || position >= next) {
        jobs.renumber(priority(job));
        last(jobs.find(job.id()).orElseThrow());
      } else {
        jobs.place(job.id(), position);
      }
    }
  }

  /** Moves a job directly before another one, with the same priority. */
  public void before(JobRow job, JobRow other) {
    double next = other.order().position();
    double position = between(other, next);
    if (position >= next
        || jobs.justBefore(priority(other), next).filter(at -> at >= position).isPresent()) {
      // After too many halvings there is no number between the two.
      jobs.renumber(priority(other));
      double renumbered = jobs.find(other.id()).orElseThrow().order().position();
      jobs.place(job.id(), between(other, renumbered));
    } else {
      jobs.place(job.id(), position);
    }
    jobs.prioritise(job.id(), priority(other));
  }

  /** Moves a job directly after another one, with the same priority. */
  public void after(JobRow job, JobRow other) {
    Optional<JobRow> next = jobs.justAfter(priority(other), other.order().position());
    if (next.isEmpty()) {
      jobs.prioritise(job.id(), priority(other));
      last(jobs.find(job.id()).orElseThrow());
    } else if (next.get().id() != job.id()) {
      before(job, next.get());
    }
  }

  private double between(JobRow other, double next) {
    return jobs.justBefore(priority(other), next).map(at -> (at + next) / 2).orElse(next - 1);
  }

  private static int priority(JobRow job) {
    return job.order().priority();
  }
}
