/** SQL statements for the audit log. */
package org.bagnetlab.storage.audit;
