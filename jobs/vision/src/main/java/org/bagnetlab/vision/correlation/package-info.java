/** How two variables go together. */
@NullMarked
package org.bagnetlab.vision.correlation;

import org.jspecify.annotations.NullMarked;
