package org.bagnetlab.vision.architecture;

import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maps the tensor names of other public checkpoints to a network's own names. A name is rewritten
 * by the first rule that matches its beginning; if no rule matches, it is unchanged.
 *
 * @param rules the rules in the order in which they are tried
 */
public record Renaming(List<Rule> rules) {

  /** No renaming: all checkpoints use the same names. */
  static final Renaming NONE = new Renaming(List.of());

  /** The prefix that PyTorch's DataParallel adds to every name. */
  private static final String DATA_PARALLEL = "module.";

  /** Maps the names that torchvision and the authors of CBAM use for the parts of a ResNet. */
  static final Renaming RESNET =
      new Renaming(
          List.of(
              Rule.of("conv1\\.", match -> "features.init_block.conv.conv."),
              Rule.of("bn1\\.", match -> "features.init_block.conv.bn."),
              Rule.of(
                  "layer(\\d)\\.(\\d{1,3})\\.(conv|bn)(\\d)\\.",
                  match -> unit(match) + "body.conv" + match.group(4) + "." + match.group(3) + "."),
              Rule.of(
                  "layer(\\d)\\.(\\d{1,3})\\.downsample\\.0\\.",
                  match -> unit(match) + "identity_conv.conv."),
              Rule.of(
                  "layer(\\d)\\.(\\d{1,3})\\.downsample\\.1\\.",
                  match -> unit(match) + "identity_conv.bn."),
              Rule.of(
                  "layer(\\d)\\.(\\d{1,3})\\.cbam\\.ChannelGate\\.mlp\\.1\\.",
                  match -> unit(match) + "cbam.ch_gate.mlp.fc1."),
              Rule.of(
                  "layer(\\d)\\.(\\d{1,3})\\.cbam\\.ChannelGate\\.mlp\\.3\\.",
                  match -> unit(match) + "cbam.ch_gate.mlp.fc2."),
              Rule.of(
                  "layer(\\d)\\.(\\d{1,3})\\.cbam\\.SpatialGate\\.spatial\\.(conv|bn)\\.",
                  match -> unit(match) + "cbam.sp_gate.conv." + match.group(3) + "."),
              Rule.of("fc\\.", match -> "output.")));

  /**
   * Maps the names of torchvision's DenseNets; before 2018 these contained additional dots, as in
   * {@code norm.1}.
   */
  static final Renaming DENSENET =
      new Renaming(
          List.of(
              Rule.of("features\\.conv0\\.", match -> "features.init_block.conv."),
              Rule.of("features\\.norm0\\.", match -> "features.init_block.bn."),
              Rule.of(
                  "features\\.denseblock(\\d)\\.denselayer(\\d{1,3})\\.norm\\.?(\\d)\\.",
                  match -> layer(match) + "bn."),
              Rule.of(
                  "features\\.denseblock(\\d)\\.denselayer(\\d{1,3})\\.conv\\.?(\\d)\\.",
                  match -> layer(match) + "conv."),
              Rule.of("features\\.transition(\\d)\\.norm\\.", match -> transition(match) + "bn."),
              Rule.of("features\\.transition(\\d)\\.conv\\.", match -> transition(match) + "conv."),
              Rule.of("features\\.norm5\\.", match -> "features.post_activ.bn."),
              Rule.of("classifier\\.", match -> "output.")));

  /** Copies the list. */
  public Renaming {
    rules = List.copyOf(rules);
  }

  /** A rule that replaces matching prefixes of names. */
  record Rule(Pattern beginning, Function<MatchResult, String> replacement) {

    static Rule of(String beginning, Function<MatchResult, String> replacement) {
      return new Rule(Pattern.compile(beginning), replacement);
    }
  }

  /** Removes the prefix of DataParallel from a name. */
  public static String bare(String name) {
    return name.startsWith(DATA_PARALLEL) ? name.substring(DATA_PARALLEL.length()) : name;
  }

  /** This network's name for a tensor of a public checkpoint. */
  public String canonical(String name) {
    String bare = bare(name);
    for (Rule rule : rules) {
      Matcher matcher = rule.beginning().matcher(bare);
      if (matcher.lookingAt()) {
        return rule.replacement().apply(matcher.toMatchResult()) + bare.substring(matcher.end());
      }
    }
    return bare;
  }

  /**
   * Converts the number of a block, which torchvision counts from 0, to the number of a unit, which
   * is counted from 1 here.
   */
  private static String unit(MatchResult match) {
    int block = Integer.parseInt(match.group(2));
    return "features.stage" + match.group(1) + ".unit" + (block + 1) + ".";
  }

  private static String layer(MatchResult match) {
    return "features.stage%s.unit%s.conv%s."
        .formatted(match.group(1), match.group(2), match.group(3));
  }

  /**
   * Converts the number of a transition: torchvision numbers it by the stage before it, this
   * project by the stage after it.
   */
  private static String transition(MatchResult match) {
    int stage = Integer.parseInt(match.group(1)) + 1;
    return "features.stage%d.trans%d.conv.".formatted(stage, stage);
  }
}
