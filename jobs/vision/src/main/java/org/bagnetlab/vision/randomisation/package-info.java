/** How what explains a network changes when its weights are drawn anew. */
@NullMarked
package org.bagnetlab.vision.randomisation;

import org.jspecify.annotations.NullMarked;
