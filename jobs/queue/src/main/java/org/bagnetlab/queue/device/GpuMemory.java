package org.bagnetlab.queue.device;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bagnetlab.protocol.MemoryShare;
import org.bagnetlab.queue.device.nvidia.Gpu;

/**
 * The memory of a GPU at one moment. Decides whether another job may start on the GPU, so that what
 * all jobs may use and what other programs use never exceeds the memory.
 *
 * @param gpu the GPU with its latest readings
 * @param slots how many jobs may share it
 * @param claims what the running jobs may use
 * @param others estimated bytes that other programs use
 */
record GpuMemory(Gpu gpu, GpuSlots slots, List<MemoryClaim> claims, long others) {

  /**
   * Bytes that a process takes outside its engine's allocator, for CUDA's context and the
   * libraries' machine code. Estimated: not measured yet.
   */
  static final long CONTEXT = 768L << 20;

  /** Bytes that a share has at least: the allocator takes memory in large pieces. */
  static final long SMALLEST_SHARE = 512L << 20;

  /** Like jobs may need more than those measured, because the allocator's pieces differ. */
  private static final double MARGIN = 1.15;

  /** Part of an equal share with which a job of unknown need still starts. */
  private static final double ACCEPTABLE = 0.75;

  private static final double GIB = 1 << 30;

  /** The answer to a job that asks to start. */
  sealed interface Admission {

    /** It may start. */
    record Admitted(MemoryClaim claim) implements Admission {}

    /** It waits; the reason is a sentence. */
    record Waits(String reason) implements Admission {}
  }

  /** Whether a job may start now. */
  Admission admit(Candidate candidate) {
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent()) {
      return new Admission.Waits(obstacle.get());
    }
    if (lone(candidate)) {
      return claims.isEmpty()
          ? new Admission.Admitted(new MemoryClaim.Whole(candidate.job()))
          : new Admission.Waits(waitsUntilEmpty(candidate));
    }
    long free = free();
    long wanted = wanted(candidate);
    long needed = needed(candidate);
    return needed <= free
        ? new Admission.Admitted(
            new MemoryClaim.Part(candidate.job(), new MemoryShare(Math.min(wanted, free), total())))
        : new Admission.Waits(tooLittle(free, needed));
  }

  /**
   * Whether the GPU could hold the job if nothing else used it. Jobs that no GPU could hold run
   * alone, and say themselves that memory ran out.
   */
  boolean couldHold(Candidate candidate) {
    return lone(candidate) || needed(candidate) + CONTEXT <= capacity();
  }

  private Optional<String> obstacle() {
    if (claims.isEmpty()) {
      return gpu.unavailable();
    }
    return gpu.unusable().or(this::takenWhole).or(() -> gpu.crowdedBy(others));
  }

  private Optional<String> takenWhole() {
    return claims.stream()
        .filter(MemoryClaim.Whole.class::isInstance)
        .findFirst()
        .map(whole -> "GPU %d runs job %d alone.".formatted(gpu.index(), whole.job()));
  }

  /** Whether a job runs alone here. Without a measurement of like jobs, one is measured first. */
  private boolean lone(Candidate candidate) {
    return candidate.alone() || !slots.shared() || (slots.measured() && candidate.peak().isEmpty());
  }

  /** All bytes except those that the driver reserves. */
  long capacity() {
    return gpu.memoryUsed().orElse(0) + gpu.memoryFree().orElse(0);
  }

  /** All bytes, which libtorch counts its share from. */
  private long total() {
    return Math.max(capacity(), gpu.memoryTotal().orElse(0));
  }

  /** Bytes that another engine's allocator could have. */
  private long free() {
    long taken =
        claims.stream()
            .flatMap(claim -> claim.limit().stream())
            .mapToLong(share -> share.bytes() + CONTEXT)
            .sum();
    return capacity() - others - taken - CONTEXT;
  }

  private long equalShare() {
    return (capacity() - others) / slots.count() - CONTEXT;
  }

  /** Bytes that a job starts with if they are free. */
  private long wanted(Candidate candidate) {
    return slots.measured() ? needed(candidate) : Math.max(needed(candidate), equalShare());
  }

  /** Bytes without which a job does not start. */
  private long needed(Candidate candidate) {
    double bytes =
        candidate.peak().isPresent()
            ? MARGIN * candidate.peak().getAsLong()
            : ACCEPTABLE * equalShare();
    return Math.max(SMALLEST_SHARE, (long) bytes);
  }

  private String waitsUntilEmpty(Candidate candidate) {
    return candidate.alone()
        ? "Job %d waits until no other job runs on GPU %d.".formatted(candidate.job(), gpu.index())
        : "Job %d is the first of its kind: it waits until no other job runs on GPU %d, to measure its memory."
            .formatted(candidate.job(), gpu.index());
  }

  private String tooLittle(long free, long needed) {
    return String.format(
        Locale.ROOT,
        "GPU %d has %.1f of %.1f GiB left for another job; the next one needs %.1f GiB.",
        gpu.index(),
        Math.max(0, free) / GIB,
        total() / GIB,
        needed / GIB);
  }
}
