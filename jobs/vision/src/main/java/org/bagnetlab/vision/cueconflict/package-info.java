/** Which of two conflicting cues networks decide by. */
package org.bagnetlab.vision.cueconflict;
