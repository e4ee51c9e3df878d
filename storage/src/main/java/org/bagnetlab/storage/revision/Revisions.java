package org.bagnetlab.storage.revision;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the changes of data about jobs that succeeded, and knows which jobs the last ones changed.
 * Any thread may use it.
 */
public final class Revisions {

  /** Maximum number of jobs to remember. Whoever missed so many changes reads everything again. */
  private static final int REMEMBERED = 10_000;

  private record Change(long revision, Set<Long> jobs) {}

  private final Deque<Change> changes = new ArrayDeque<>();
  private int remembered;
  private volatile long current;

  /** A number that grows with each change. */
  public long current() {
    return current;
  }

  /** Adds a change of at least one job. */
  public synchronized void add(Set<Long> jobs) {
    changes.addLast(new Change(current + 1, Set.copyOf(jobs)));
    remembered += jobs.size();
    while (remembered > REMEMBERED) {
      remembered -= changes.removeFirst().jobs().size();
    }
    current++;
  }

  /** The jobs changed after a revision; empty if that was too long ago to know. */
  public synchronized Optional<Set<Long>> since(long revision) {
    long oldest = changes.isEmpty() ? current + 1 : changes.getFirst().revision();
    if (revision + 1 < oldest) {
      return Optional.empty();
    }
    Set<Long> jobs = new HashSet<>();
    changes.stream()
        .filter(change -> change.revision() > revision)
        .forEach(change -> jobs.addAll(change.jobs()));
    return Optional.of(jobs);
  }
}
