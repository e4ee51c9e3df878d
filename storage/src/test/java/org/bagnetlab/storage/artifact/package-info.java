@NullMarked
package org.bagnetlab.storage.artifact;

import org.jspecify.annotations.NullMarked;
