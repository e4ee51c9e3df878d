/** Export of a split's images, as networks see them, for use in other programs. */
package org.bagnetlab.vision.dataset.export;
