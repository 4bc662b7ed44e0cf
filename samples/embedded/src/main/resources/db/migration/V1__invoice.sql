create table invoice (
  id uuid primary key,
  sent boolean not null,
  paid boolean not null
);
