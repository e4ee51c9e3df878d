package org.bagnetlab.queue.device;

import java.util.Optional;
import org.bagnetlab.protocol.MemoryShare;

/** What a job may use of its device. */
public sealed interface MemoryClaim {

  /** The id of the job. */
  long job();

  /** The limit of its engine's GPU memory; empty if there is none. */
  Optional<MemoryShare> limit();

  /** All that other programs leave: no other job runs on the device. */
  record Whole(long job) implements MemoryClaim {
    @Override
    public Optional<MemoryShare> limit() {
      return Optional.empty();
    }
  }

  /** A share of a GPU's memory. */
  record Part(long job, MemoryShare share) implements MemoryClaim {
    @Override
    public Optional<MemoryShare> limit() {
      return Optional.of(share);
    }
  }
}
