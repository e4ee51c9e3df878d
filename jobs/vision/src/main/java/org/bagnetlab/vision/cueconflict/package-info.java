/** Which of two conflicting cues networks decide by. */
@NullMarked
package org.bagnetlab.vision.cueconflict;

import org.jspecify.annotations.NullMarked;
