@NullMarked
package org.bagnetlab.storage.file;

import org.jspecify.annotations.NullMarked;
