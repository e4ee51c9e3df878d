/** The patches in many images that a network considers most typical of each class. */
@NullMarked
package org.bagnetlab.vision.predictivepatches;

import org.jspecify.annotations.NullMarked;
