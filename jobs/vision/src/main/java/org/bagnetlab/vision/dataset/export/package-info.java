/** Export of a split's images, as networks see them, for other programs. */
package org.bagnetlab.vision.dataset.export;
