package org.bagnetlab.queue.launch;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the kernel recently killed a process for lack of memory. The count covers the whole
 * machine, so a kill hours ago is unrelated to a worker that ends now. Callable from any thread;
 * each call may block.
 */
public final class RecentKernelKills {

  private final Supplier<KernelKills> count;
  private Optional<KernelKills> last = Optional.empty();
  private Optional<KernelKills> before = Optional.empty();

  /** By the kernel's own count. */
  public RecentKernelKills() {
    this(KernelKills::now);
  }

  RecentKernelKills(Supplier<KernelKills> count) {
    this.count = count;
  }

  /** Looks, as is to be done every now and then. */
  public synchronized void look() {
    before = last;
    last = Optional.of(count.get());
  }

  /** Whether there was one since the look before the last, or since the only one. */
  public synchronized boolean any() {
    // The last look may lie between a process's end and this question.
    return before.or(() -> last).filter(count.get()::since).isPresent();
  }
}
