/** Data sets of users: how folders and zip files of images are checked, imported and opened. */
@NullMarked
package org.bagnetlab.vision.dataset.imported;

import org.jspecify.annotations.NullMarked;
