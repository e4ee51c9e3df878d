package org.bagnetlab.queue;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.queue.forecast.Outlook;
import org.bagnetlab.queue.store.JobStore;
import org.bagnetlab.storage.database.Tables;

/**
 * The outlook, which all who ask for it share until a job changes, or for a few seconds, in which
 * running jobs hardly get on: it takes many queries, and every open page asks for it again and
 * again.
 */
final class SharedOutlook {

  private static final Duration SHARED = Duration.ofSeconds(3);

  private final JobStore jobs;
  private final Function<Tables, Outlook> outlook;
  private Optional<Read> last = Optional.empty();

  /**
   * What was read.
   *
   * @param revision of the jobs before
   */
  private record Read(Future<Outlook> outlook, long revision, Instant at) {
    boolean holds(long current, Instant now) {
      return !outlook.failed()
          && revision == current
          && Duration.between(at, now).abs().compareTo(SHARED) < 0;
    }
  }

  SharedOutlook(JobStore jobs, Function<Tables, Outlook> outlook) {
    this.jobs = jobs;
    this.outlook = outlook;
  }

  /** It may complete on another caller's context. */
  synchronized Future<Outlook> get() {
    long revision = jobs.revision();
    Instant now = jobs.now();
    Read read =
        last.filter(known -> known.holds(revision, now))
            .orElseGet(() -> new Read(jobs.read(outlook), revision, now));
    last = Optional.of(read);
    return read.outlook();
  }
}
