package org.bagnetlab.vision.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.bagnetlab.vision.TryTimeLimit;
import org.junit.jupiter.api.Test;

/** An image keeps its class by name, whatever number a network gives it. */
@AddLifecycleHook(TryTimeLimit.class)
class RelabelledDatasetTests {

  private final SceneDataset dataset = ListedDataset.of(6, 2, 2);

  @Property(tries = 100)
  void everyImageKeepsTheNameOfItsClass(@ForAll long seed) {
    List<String> classes = new ArrayList<>(dataset.classes());
    Collections.shuffle(classes, new Random(seed));
    SceneDataset relabelled = RelabelledDataset.of(dataset, classes);
    assertThat(relabelled.classes()).isEqualTo(classes);
    for (int i = 0; i < dataset.images().size(); i++) {
      SceneImage before = dataset.images().get(i);
      SceneImage after = relabelled.images().get(i);
      assertThat(after.path()).isEqualTo(before.path());
      assertThat(classes.get(after.label())).isEqualTo(dataset.classes().get(before.label()));
    }
  }

  @Test
  void otherClassesAreRefused() {
    List<String> others = new ArrayList<>(dataset.classes());
    others.set(0, "cellar");
    assertThatIllegalArgumentException().isThrownBy(() -> RelabelledDataset.of(dataset, others));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RelabelledDataset.of(dataset, dataset.classes().subList(0, 5)));
  }
}
