package org.bagnetlab.queue.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bagnetlab.experiment.heatmap.ColourScale;
import org.bagnetlab.experiment.heatmap.HeatmapExperiment;
import org.bagnetlab.experiment.network.NetworkExperiment;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.parameter.JobSetting;
import org.bagnetlab.experiment.parameter.WholeNumbers;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
import org.junit.jupiter.api.Test;

class JobSettingTests {

  private static List<String> names(NetworkExperiment experiment, NetworkSpec spec) {
    return JobSetting.of(experiment.parameters(), spec.settings(), new SmallCatalogue()).stream()
        .map(setting -> setting.parameter().name())
        .toList();
  }

  @Test
  void noNumberDependsOnColours() {
    HeatmapExperiment heatmap = new HeatmapExperiment();
    assertThat(names(heatmap, heatmap.ofRun(7).with(HeatmapExperiment.SCALE, ColourScale.COMMON)))
        .contains("stride", "mode")
        .doesNotContain("scale", "classes");
  }

  @Test
  void noNumberDependsOnOtherPositions() {
    ScrambleExperiment scramble = new ScrambleExperiment();
    assertThat(
            names(scramble, scramble.ofRun(7).with(ScrambleExperiment.GRIDS, WholeNumbers.of("2"))))
        .contains("permutations", "scrambleSeed")
        .doesNotContain("grids");
  }
}
