package org.bagnetlab.queue.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bagnetlab.queue.device.nvidia.Gpus.GIB;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.bagnetlab.protocol.MemoryShare;
import org.bagnetlab.queue.device.GpuMemory.Admission;
import org.bagnetlab.queue.device.nvidia.Gpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A GPU with 24 GiB. */
@Timeout(10)
class GpuMemoryTests {

  private static final long JOB = 7;
  private static final GpuSlots THREE = GpuSlots.equal(3);
  private static final GpuSlots AUTO = GpuSlots.byMeasurement();

  private static Candidate unknown() {
    return new Candidate(JOB, OptionalLong.empty(), false);
  }

  private static Candidate needing(long bytes) {
    return new Candidate(JOB, OptionalLong.of(bytes), false);
  }

  private static Candidate alone() {
    return new Candidate(JOB, OptionalLong.empty(), true);
  }

  private static MemoryClaim.Part part(long bytes) {
    return new MemoryClaim.Part(1, new MemoryShare(bytes, 24 * GIB));
  }

  /** The GPU with running jobs that use all that they may. */
  private static GpuMemory gpu(GpuSlots slots, long others, MemoryClaim... claims) {
    long used =
        others
            + List.of(claims).stream()
                .flatMap(claim -> claim.limit().stream())
                .mapToLong(share -> share.bytes() + GpuMemory.CONTEXT)
                .sum();
    return new GpuMemory(
        Gpus.gpu(0, 24 * GIB, used, 24 * GIB - used), slots, List.of(claims), others);
  }

  private static long share(Admission admission) {
    return ((MemoryClaim.Part) ((Admission.Admitted) admission).claim()).share().bytes();
  }

  private static Admission whole() {
    return new Admission.Admitted(new MemoryClaim.Whole(JOB));
  }

  @Test
  void theOnlySlotHasTheWholeGpu() {
    assertThat(gpu(GpuSlots.ONE, 0).admit(unknown())).isEqualTo(whole());
    assertThat(gpu(GpuSlots.ONE, 0).admit(needing(100 * GIB))).isEqualTo(whole());
  }

  @Test
  void aNumberOfSlotsGivesEqualShares() {
    long equal = 8 * GIB - GpuMemory.CONTEXT;
    assertThat(share(gpu(THREE, 0).admit(unknown()))).isEqualTo(equal);
    assertThat(share(gpu(THREE, 0, part(equal), part(equal)).admit(unknown()))).isEqualTo(equal);
    assertThat(share(gpu(THREE, 0).admit(needing(GIB)))).isEqualTo(equal);
  }

  @Test
  void aJobThatNeedsMoreThanAnEqualShareGetsMore() {
    assertThat(share(gpu(THREE, 0).admit(needing(10 * GIB)))).isEqualTo((long) (11.5 * GIB));
  }

  @Test
  void aJobThatNeedsLessStartsInWhatIsLeft() {
    Admission admission = gpu(THREE, 0, part(20 * GIB)).admit(needing(GIB));
    assertThat(share(admission)).isEqualTo(4 * GIB - 2 * GpuMemory.CONTEXT);
  }

  @Test
  void aJobWaitsForTheMemoryThatItNeeds() {
    assertThat(gpu(THREE, 0, part(12 * GIB)).admit(needing(10 * GIB)))
        .isEqualTo(
            new Admission.Waits(
                "GPU 0 has 10.5 of 24.0 GiB left for another job; the next one needs 11.5 GiB."));
  }

  @Test
  void theFirstOfAKindIsMeasuredAlone() {
    assertThat(gpu(AUTO, 0).admit(unknown())).isEqualTo(whole());
    assertThat(gpu(AUTO, 0, part(GIB)).admit(unknown()))
        .isEqualTo(
            new Admission.Waits(
                "Job 7 is the first of its kind: it waits until no other job runs on GPU 0, to measure its memory."));
    assertThat(gpu(AUTO, 0, new MemoryClaim.Whole(3)).admit(needing(GIB)))
        .isEqualTo(new Admission.Waits("GPU 0 runs job 3 alone."));
  }

  @Test
  void aMeasuredJobGetsWhatOthersOfItsKindNeededAndSome() {
    assertThat(share(gpu(AUTO, 0, part(GIB)).admit(needing(4 * GIB))))
        .isEqualTo((long) (4.6 * GIB));
    assertThat(share(gpu(AUTO, 0).admit(needing(1)))).isEqualTo(GpuMemory.SMALLEST_SHARE);
  }

  @Test
  void aJobThatMustBeAloneWaitsUntilItIs() {
    assertThat(gpu(THREE, 0).admit(alone())).isEqualTo(whole());
    assertThat(gpu(THREE, 0, part(GIB)).admit(alone()))
        .isEqualTo(new Admission.Waits("Job 7 waits until no other job runs on GPU 0."));
  }

  @Test
  void otherProgramsTakeFromTheShares() {
    assertThat(share(gpu(THREE, 2 * GIB).admit(unknown())))
        .isEqualTo(22 * GIB / 3 - GpuMemory.CONTEXT);
    assertThat(gpu(THREE, 3 * GIB, part(GIB)).admit(needing(GIB)))
        .isEqualTo(new Admission.Waits("Other programs use 3.0 of 24.0 GiB of GPU 0."));
  }

  @Test
  void whatNoGpuCouldHoldIsKnown() {
    assertThat(gpu(AUTO, 0).couldHold(needing(21 * GIB))).isFalse();
    assertThat(gpu(AUTO, 0, new MemoryClaim.Whole(1)).couldHold(needing(20 * GIB))).isTrue();
  }

  @Test
  void otherProgramsAreWhatWasUsedWithoutJobsOrWhatJobsMayNotUse() {
    OtherPrograms others = new OtherPrograms();
    assertThat(others.estimate(Gpus.gpu(0, 24 * GIB, GIB, 23 * GIB), List.of())).isEqualTo(GIB);
    List<MemoryClaim> jobs = List.of(part(8 * GIB - GpuMemory.CONTEXT));
    List<Long> estimates =
        LongStream.of(2, 9, 12, 1)
            .mapToObj(used -> Gpus.gpu(0, 24 * GIB, used * GIB, (24 - used) * GIB))
            .map(reading -> others.estimate(reading, jobs))
            .toList();
    assertThat(estimates).containsExactly(GIB, GIB, 4 * GIB, GIB);
  }
}
