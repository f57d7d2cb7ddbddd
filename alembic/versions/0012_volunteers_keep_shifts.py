"""volunteers keep shifts: the first tables for them, never used, go"""

import sqlalchemy as sa

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("volunteer_hours", "shift_signup", "shift", "shift_role"):
        op.drop_table(table)


def downgrade() -> None:
    op.create_table('shift_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shift_role')),
    sa.UniqueConstraint('name', name=op.f('uq_shift_role_name'))
    )
    op.create_table('shift',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('shift_role_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=False),
    sa.Column('maximum', sa.Integer(), nullable=True),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.CheckConstraint('maximum IS NULL OR taken <= maximum', name=op.f('ck_shift_taken_under_maximum')),
    sa.CheckConstraint('taken >= 0', name=op.f('ck_shift_taken_not_negative')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_shift_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['shift_role_id'], ['shift_role.id'], name=op.f('fk_shift_shift_role_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shift'))
    )
    with op.batch_alter_table('shift', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shift_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_shift_starts_at'), ['starts_at'], unique=False)
    op.create_table('shift_signup',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('shift_id', sa.Integer(), nullable=False),
    sa.Column('constituent_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('status_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('arrived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('overlap_reason', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['constituent_id'], ['constituent.id'], name=op.f('fk_shift_signup_constituent_id')),
    sa.ForeignKeyConstraint(['shift_id'], ['shift.id'], name=op.f('fk_shift_signup_shift_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shift_signup'))
    )
    with op.batch_alter_table('shift_signup', schema=None) as batch_op:
        batch_op.create_index('ix_shift_signup_person', ['constituent_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_shift_signup_shift_id'), ['shift_id'], unique=False)
    op.create_table('volunteer_hours',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('constituent_id', sa.Integer(), nullable=False),
    sa.Column('shift_signup_id', sa.Integer(), nullable=True),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('worked_on', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['constituent_id'], ['constituent.id'], name=op.f('fk_volunteer_hours_constituent_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_volunteer_hours_event_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['shift_signup_id'], ['shift_signup.id'], name=op.f('fk_volunteer_hours_shift_signup_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_volunteer_hours'))
    )
    with op.batch_alter_table('volunteer_hours', schema=None) as batch_op:
        batch_op.create_index('ix_volunteer_hours_person_day', ['constituent_id', 'worked_on'], unique=False)
