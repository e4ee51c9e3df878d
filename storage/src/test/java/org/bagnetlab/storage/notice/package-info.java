@NullMarked
package org.bagnetlab.storage.notice;

import org.jspecify.annotations.NullMarked;
