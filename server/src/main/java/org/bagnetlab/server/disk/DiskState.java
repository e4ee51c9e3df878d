package org.bagnetlab.server.disk;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How full the disk is, and what that means for jobs and users.
 *
 * @param space size and free space of the file system
 * @param used size of the data directory in bytes
 * @param limits limits of disk usage
 */
public record DiskState(Space space, long used, DiskLimits limits) {

  private static final String ADVICE =
      " Delete jobs that are no longer needed, or let retention remove old checkpoints:"
          + " ./bagnetlab storage shows what uses the space.";

  /**
   * The state of the most critical disk, if jobs write to several. This is the disk with the most
   * severe warning, and among disks with equal warnings the one with the least free space above its
   * reserve.
   */
  static DiskState of(List<Space> spaces, long used, DiskLimits limits) {
    return spaces.stream()
        .map(space -> new DiskState(space, used, limits))
        .max(
            Comparator.comparing(DiskState::level)
                .thenComparing(DiskState::spare, Comparator.reverseOrder()))
        .orElseThrow();
  }

  private long spare() {
    return space.free() - reserve();
  }

  /** How urgently space must be freed. */
  public enum Level {
    /** There is enough space. */
    ROOM,
    /** Users should free space before the disk is full. */
    WARNING,
    /** Users must free space, since jobs are waiting for it. */
    FULL
  }

  /** How urgently space must be freed. */
  public Level level() {
    if (refusal().isPresent()) {
      return Level.FULL;
    }
    return warning().isPresent() ? Level.WARNING : Level.ROOM;
  }

  /** The free bytes required. */
  public long reserve() {
    return limits.reserve(space.total());
  }

  /** The reason why no job may start, as text. Empty if jobs may start. */
  public Optional<String> refusal() {
    if (space.free() < reserve()) {
      return Optional.of(
          "the disk is nearly full: %s of %s free, but %s required"
              .formatted(
                  ByteSize.text(space.free()),
                  ByteSize.text(space.total()),
                  ByteSize.text(reserve())));
    }
    return limits
        .quota()
        .filter(quota -> used >= quota)
        .map(
            quota ->
                "the lab's disk quota is used up: %s of %s"
                    .formatted(ByteSize.text(used), ByteSize.text(quota)));
  }

  /**
   * The reason why there is not enough space to store a file of this size, given all space needed.
   * Empty if there is enough.
   */
  Optional<String> refusal(long bytes, long needed) {
    if (space.free() - needed < reserve()) {
      return Optional.of(
          "The file of %s does not fit: the server's disk has %s free, and %s must stay free."
              .formatted(
                  ByteSize.text(bytes), ByteSize.text(space.free()), ByteSize.text(reserve())));
    }
    return limits
        .quota()
        .filter(quota -> used + needed > quota)
        .map(
            quota ->
                "The file of %s does not fit: the lab uses %s of its quota of %s."
                    .formatted(ByteSize.text(bytes), ByteSize.text(used), ByteSize.text(quota)));
  }

  /**
   * A warning for users, shown before jobs have to wait and while they wait. Empty if there is
   * enough space.
   */
  public Optional<String> warning() {
    return refusal()
        .map(why -> "Jobs cannot start: %s.".formatted(why))
        .or(this::fileSystemWarning)
        .or(this::quotaWarning)
        .map(text -> text + ADVICE);
  }

  private Optional<String> fileSystemWarning() {
    return space.free() < limits.warnBelow(space.total())
        ? Optional.of(
            "The disk is filling up: %s of %s free. Below %s, no new jobs start."
                .formatted(
                    ByteSize.text(space.free()),
                    ByteSize.text(space.total()),
                    ByteSize.text(reserve())))
        : Optional.empty();
  }

  private Optional<String> quotaWarning() {
    return limits
        .quota()
        .filter(quota -> used >= limits.warnAbove(quota))
        .map(
            quota ->
                "The lab's disk quota is filling up: %s of %s used. When it is used up, no new jobs start."
                    .formatted(ByteSize.text(used), ByteSize.text(quota)));
  }
}
