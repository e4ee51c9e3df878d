package org.bagnetlab.vision.architecture;

import java.util.List;
import org.bagnetlab.vision.architecture.ResidualDesign.Stem;
import org.bagnetlab.vision.architecture.ResidualDesign.StrideIn;

/**
 * The networks for controlled experiments that the report leaves for future work: they show which
 * of max pooling, padding, stride and depth accounts for the difference between ResNet-50 and
 * BagNet-33. A chain of networks leads from one to the other; neighbours in the chain differ in one
 * choice of their {@link ResidualDesign}. Two further networks are shallower.
 */
public final class ControlledVariants {

  /** ResNet-50 as in {@link ResNet50}, but with other tensor names. */
  static final ResidualDesign RESNET_50 =
      new ResidualDesign(
          Stem.LARGE,
          2,
          true,
          List.of(2, 2, 2, 2),
          StrideIn.FIRST,
          true,
          List.of(3, 4, 6, 3),
          List.of(3, 4, 6, 3));

  /** The same design with the stride in the convolution where torchvision has it. */
  static final ResidualDesign RESNET_50_V15 = RESNET_50.withStrideIn(StrideIn.MIDDLE);

  static final BagNet BAGNET_33 = new BagNet(33);

  private static final Variant NO_MAX_POOL =
      new Variant(
          "resnet50_no_max_pool", "ResNet-50, no max pooling", RESNET_50_V15.withoutMaxPool());

  private static final Variant STRIDE_16 =
      new Variant(
          "resnet50_stride16",
          "ResNet-50, output stride 16",
          NO_MAX_POOL.design().withStrides(2, 2, 2, 1));

  private static final Variant SMALL_STEM =
      new Variant(
          "resnet50_small_stem", "ResNet-50, small stem", STRIDE_16.design().withStem(Stem.SMALL));

  private static final Variant STRIDE_8 =
      new Variant(
          "resnet50_stride8", "ResNet-50, output stride 8", SMALL_STEM.design().withStemStride(1));

  private static final Variant POINTS_IN_4 =
      new Variant(
          "resnet50_1x1_stage4",
          "ResNet-50, 1 × 1 in stage 4",
          STRIDE_8.design().withSpatialBlocks(List.of(3, 4, 6, 1)));

  private static final Variant POINTS_FROM_3 =
      new Variant(
          "resnet50_1x1_stages3to4",
          "ResNet-50, 1 × 1 in stages 3 to 4",
          POINTS_IN_4.design().withSpatialBlocks(List.of(3, 4, 1, 1)));

  private static final Variant POINTS_FROM_2 =
      new Variant(
          "resnet50_1x1_stages2to4",
          "ResNet-50, 1 × 1 in stages 2 to 4",
          POINTS_FROM_3.design().withSpatialBlocks(List.of(3, 1, 1, 1)));

  private static final Variant PADDED =
      new Variant(
          "bagnet33_padded",
          "Padded BagNet-33",
          POINTS_FROM_2.design().withSpatialBlocks(List.of(1, 1, 1, 1)));

  private static final Variant SHALLOW_RESNET =
      new Variant(
          "resnet50_shallow", "ResNet-50, 2 blocks a stage", RESNET_50.withBlocks(2, 2, 2, 2));

  private static final Variant SHALLOW_BAGNET =
      new Variant(
          "bagnet33_shallow",
          "BagNet-33, 2 blocks a stage",
          BAGNET_33.design().withBlocks(2, 2, 2, 2));

  private static final List<ControlledChange> CHAIN =
      List.of(
          new ControlledChange("resnet50", "resnet50_v15", "stride in the 3 × 3 convolution"),
          new ControlledChange(
              "resnet50_v15", NO_MAX_POOL.name(), "stride in stage 1 instead of max pooling"),
          new ControlledChange(NO_MAX_POOL.name(), STRIDE_16.name(), "no stride in stage 4"),
          new ControlledChange(
              STRIDE_16.name(), SMALL_STEM.name(), "1 × 1 and 3 × 3 instead of 7 × 7 in the stem"),
          new ControlledChange(SMALL_STEM.name(), STRIDE_8.name(), "no stride in the stem"),
          new ControlledChange(
              STRIDE_8.name(), POINTS_IN_4.name(), "3 × 3 only in the first block of stage 4"),
          new ControlledChange(
              POINTS_IN_4.name(), POINTS_FROM_3.name(), "3 × 3 only in the first block of stage 3"),
          new ControlledChange(
              POINTS_FROM_3.name(),
              POINTS_FROM_2.name(),
              "3 × 3 only in the first block of stage 2"),
          new ControlledChange(
              POINTS_FROM_2.name(), PADDED.name(), "3 × 3 only in the first block of stage 1"),
          new ControlledChange(PADDED.name(), BAGNET_33.name(), "no padding"));

  private static final List<ControlledChange> DEPTH =
      List.of(
          new ControlledChange("resnet50", SHALLOW_RESNET.name(), "2 blocks in each stage"),
          new ControlledChange(BAGNET_33.name(), SHALLOW_BAGNET.name(), "2 blocks in each stage"));

  private ControlledVariants() {}

  /**
   * The changes from ResNet-50 to BagNet-33; each starts from the network where the previous one
   * ends.
   */
  public static List<ControlledChange> chain() {
    return CHAIN;
  }

  /** The changes to networks with fewer blocks, at both ends of the chain. */
  public static List<ControlledChange> depth() {
    return DEPTH;
  }

  /** The networks that exist only for these comparisons, in the order of the chain. */
  static List<Variant> networks() {
    return List.of(
        NO_MAX_POOL,
        STRIDE_16,
        SMALL_STEM,
        STRIDE_8,
        POINTS_IN_4,
        POINTS_FROM_3,
        POINTS_FROM_2,
        PADDED,
        SHALLOW_RESNET,
        SHALLOW_BAGNET);
  }
}
