/** By which of two cues that contradict each other networks decide. */
@NullMarked
package org.bagnetlab.vision.cueconflict;

import org.jspecify.annotations.NullMarked;
