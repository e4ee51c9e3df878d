package org.bagnetlab.server.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.disk.DiskState.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** People are warned long before jobs have to wait. */
@Timeout(10)
class DiskStateTests {

  private static final long MB = 1_000_000;
  private static final long GB = 1000 * MB;

  private static DiskState standard(long total, long free) {
    return new DiskState(new Space(total, free), 0, DiskLimits.standard());
  }

  @Test
  void aSmallDiskOfATestAndALargeOneBothHaveRoom() {
    assertThat(standard(64 * MB, 60 * MB).level()).isEqualTo(Level.ROOM);
    assertThat(standard(256 * GB, 80 * GB).level()).isEqualTo(Level.ROOM);
    assertThat(standard(100_000 * GB, 900 * GB).level()).isEqualTo(Level.ROOM);
  }

  @Test
  void theReserveIsTwoPercentButFiveGigabytesAtMost() {
    assertThat(standard(64 * MB, 0).reserve()).isEqualTo(1_280_000);
    assertThat(standard(64 * GB, 0).reserve()).isEqualTo(1_280 * MB);
    assertThat(standard(4000 * GB, 0).reserve()).isEqualTo(5 * GB);
  }

  @Test
  void beforeJobsWaitPeopleAreWarned() {
    DiskState warned = standard(64 * GB, 12 * GB);
    assertThat(warned.level()).isEqualTo(Level.WARNING);
    assertThat(warned.refusal()).isEmpty();
    assertThat(warned.warning().orElseThrow())
        .startsWith(
            "The disk is filling up: 12 GB of 64 GB free. Below 1.28 GB, no new jobs start.")
        .contains("Delete jobs");
    DiskState full = standard(64 * GB, 400 * MB);
    assertThat(full.level()).isEqualTo(Level.FULL);
    assertThat(full.refusal())
        .contains("the disk is nearly full: 400 MB of 64 GB free, but 1.28 GB required");
    assertThat(full.warning().orElseThrow()).startsWith("Jobs cannot start: the disk is nearly");
    // On a large disk, ten reserves.
    assertThat(standard(4000 * GB, 49 * GB).level()).isEqualTo(Level.WARNING);
  }

  private static DiskState ofQuota(long used) {
    DiskLimits limits = new DiskLimits(Optional.of(50 * GB), Optional.empty(), Optional.empty());
    return new DiskState(new Space(1000 * GB, 900 * GB), used, limits);
  }

  @Test
  void aQuotaIsUsedUpOnADiskThatIsNot() {
    assertThat(ofQuota(39 * GB).level()).isEqualTo(Level.ROOM);
    assertThat(ofQuota(40 * GB).warning().orElseThrow()).contains("40 GB of 50 GB used");
    assertThat(ofQuota(50 * GB).refusal())
        .contains("the lab's disk quota is used up: 50 GB of 50 GB");
  }

  @Test
  void ofSeveralDisksTheOneDecidesThatIsNearestToItsReserve() {
    Space large = new Space(4000 * GB, 5 * GB - MB);
    Space small = new Space(64 * GB, 3 * GB);
    // The small one has less, but more than it must.
    DiskState full = DiskState.of(List.of(small, large), 0, DiskLimits.standard());
    assertThat(full.level()).isEqualTo(Level.FULL);
    assertThat(full.space()).isEqualTo(large);
    Space roomy = new Space(64 * GB, 30 * GB);
    Space early = new Space(4000 * GB, 40 * GB);
    assertThat(DiskState.of(List.of(early, roomy), 0, DiskLimits.standard()).level())
        .isEqualTo(Level.WARNING);
  }

  @Test
  void whatIsSaidHolds() {
    DiskLimits limits = new DiskLimits(Optional.empty(), Optional.of(GB), Optional.of(.5));
    DiskState half = new DiskState(new Space(64 * GB, 31 * GB), 0, limits);
    assertThat(half.level()).isEqualTo(Level.WARNING);
    assertThat(new DiskState(new Space(64 * GB, 33 * GB), 0, limits).level()).isEqualTo(Level.ROOM);
    assertThat(new DiskState(new Space(64 * GB, GB - 1), 0, limits).level()).isEqualTo(Level.FULL);
    assertThat(new DiskState(new Space(64 * GB, GB), 0, limits).level()).isEqualTo(Level.WARNING);
  }
}
