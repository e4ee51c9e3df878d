package org.bagnetlab.engine.nd4j.cpu.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryPlanTests {

  @Test
  void noTwoValuesThatAreNeededAtOnceShareMemory() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      List<MemoryBlock> storages = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(40); i++) {
        MemoryBlock storage = new MemoryBlock("value " + i, 1 + random.nextInt(1000));
        int from = random.nextInt(50);
        storage.neededAt(from);
        storage.neededAt(from + random.nextInt(20));
        storages.add(storage);
      }
      MemoryPlan plan = new MemoryPlan(storages);
      for (MemoryBlock a : storages) {
        assertThat(a.offset()).isNotNegative();
        assertThat(a.offset() % 16).isZero();
        assertThat(a.end()).isLessThanOrEqualTo(plan.size());
        for (MemoryBlock b : storages) {
          if (a != b && a.neededWith(b)) {
            assertThat(a.end() <= b.offset() || b.end() <= a.offset()).as("%s", plan).isTrue();
          }
        }
      }
    }
  }

  @Test
  void whatIsNeededOneAfterAnotherTakesThePlaceOfTheOther() {
    List<MemoryBlock> storages = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      MemoryBlock storage = new MemoryBlock("value " + i, 1600);
      storage.neededAt(i);
      storages.add(storage);
    }
    assertThat(new MemoryPlan(storages).size()).isEqualTo(1600);
  }

  @Test
  void thePlanCanBeRead() {
    MemoryBlock storage = new MemoryBlock("layer1.0.conv1", 250_000);
    storage.neededAt(3);
    storage.neededAt(8);
    assertThat(new MemoryPlan(List.of(storage)).toString())
        .contains("1.0 MB")
        .contains("3 -     8  layer1.0.conv1");
  }
}
